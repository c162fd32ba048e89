import type { SupervisedSession } from '@commonsight/types/session-board';
import type { StatusKind } from '../../ui/StatusSymbol.tsx';
import { type PurposeName, purposeNames, roleNames } from '../../ui/words.ts';

export interface SessionFilter {
  words: string;
  onlyWatching: boolean;
}

/**
 * The lines of the board: those that watch cameras, then those that are there, then those whose windows are away; by name
 * within each, so that a line moves only when its operator begins or stops to watch.
 */
export function sessionRows(
  sessions: Iterable<SupervisedSession>,
  filter: SessionFilter,
  purposeName: PurposeName = (purpose) => purposeNames[purpose],
): SupervisedSession[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return [...sessions]
    .filter((session) => !filter.onlyWatching || session.viewings.length > 0)
    .filter((session) => {
      const text = searchText(session, purposeName);
      return words.every((word) => text.includes(word));
    })
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        a.user.name.localeCompare(b.user.name) ||
        a.startedAt.localeCompare(b.startedAt) ||
        a.id.localeCompare(b.id),
    );
}

/** How long the session has looked at cameras, each viewing counted by itself. */
export function watchedMs({ endedViewingMs, viewings }: SupervisedSession, serverNowMs: number): number {
  return viewings.reduce(
    (sum, { startedAt }) => sum + Math.max(0, serverNowMs - Date.parse(startedAt)),
    endedViewingMs,
  );
}

/** What the session is now, in a shape and words. */
export function sessionStateWords(session: SupervisedSession): { kind: StatusKind; words: string } {
  switch (session.state) {
    case 'locked':
      return { kind: 'off', words: 'Locked' };
    case 'noticeNeeded':
      return { kind: 'waiting', words: 'At the use notice' };
    case 'secondFactorNeeded':
      return { kind: 'waiting', words: 'Sets up a second factor' };
    case 'active':
      if (session.connections === 0) return { kind: 'waiting', words: 'No window open' };
      return { kind: 'live', words: session.deviceClass === 'wallDisplay' ? 'Wall display' : 'Active' };
    default:
      return session.state satisfies never;
  }
}

/** `Downtown 1, 2`, `Harbor`: the walls that are open, with their screens. */
export function screenWords(screens: SupervisedSession['screens']): string {
  const walls = Map.groupBy(screens, ({ wallId }) => wallId);
  return [...walls.values()]
    .map((group) => {
      const numbers = group.flatMap(({ screen }) => (screen === null ? [] : [screen]));
      return [group[0]?.wallName, numbers.join(', ')].filter(Boolean).join(' ');
    })
    .join('; ');
}

/** Why cameras are watched, each reason once: `#2041 Violent crime`. */
export function reasonWords(viewings: SupervisedSession['viewings'], purposeName: PurposeName): string {
  return [
    ...new Set(viewings.map(({ incidentNumber, purpose }) => `#${String(incidentNumber)} ${purposeName(purpose)}`)),
  ].join('; ');
}

function rank({ viewings, connections }: SupervisedSession): number {
  return viewings.length > 0 ? 0 : connections > 0 ? 1 : 2;
}

function searchText(session: SupervisedSession, purposeName: PurposeName): string {
  const { user, screens, viewings } = session;
  return [
    user.name,
    roleNames[user.role],
    sessionStateWords(session).words,
    ...screens.map(({ wallName }) => wallName),
    ...viewings.flatMap(({ cameraName, incidentTitle }) => [cameraName, incidentTitle]),
    reasonWords(viewings, purposeName),
  ]
    .join(' ')
    .toLowerCase();
}
