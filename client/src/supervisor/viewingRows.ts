import type { Id } from '@commonsight/types/ids';
import type { SupervisedViewing } from '@commonsight/types/viewing';
import { type PurposeName, purposeNames, roleNames } from '../ui/words.ts';

/** How long a viewing stays on the list after its end, faint and with its reason. */
const endedShownMs = 60_000;

export interface ViewingFilter {
  words: string;
  onlyNotFlowing: boolean;
  onlyFlagged: boolean;
}

/** What flows in a viewing: nothing was reported yet, packets come, or none come. */
export type Flow = 'unknown' | 'flowing' | 'notFlowing';

export function flowOf({ traffic }: SupervisedViewing): Flow {
  if (traffic === null) return 'unknown';
  return traffic.packetsPerSecond > 0 ? 'flowing' : 'notFlowing';
}

/** The lines of the list: running viewings and those that ended a moment ago, newest first, so that none changes place. */
export function viewingRows(
  viewings: Iterable<SupervisedViewing>,
  filter: ViewingFilter,
  serverNowMs: number,
  isFlagged: (viewing: SupervisedViewing) => boolean = () => false,
  purposeName: PurposeName = (purpose) => purposeNames[purpose],
): SupervisedViewing[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return [...viewings]
    .filter((viewing) => isShown(viewing, serverNowMs))
    .filter((viewing) => !filter.onlyNotFlowing || (viewing.endedAt === null && flowOf(viewing) === 'notFlowing'))
    .filter((viewing) => !filter.onlyFlagged || isFlagged(viewing))
    .filter((viewing) => {
      const text = searchText(viewing, purposeName);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt) || a.id.localeCompare(b.id));
}

export interface ViewingSummary {
  running: number;
  users: number;
  cameras: number;
  notFlowing: number;
}

export function summarise(viewings: Iterable<SupervisedViewing>): ViewingSummary {
  const running = [...viewings].filter(({ endedAt }) => endedAt === null);
  const distinct = (read: (viewing: SupervisedViewing) => Id): number => new Set(running.map(read)).size;
  return {
    running: running.length,
    users: distinct(({ user }) => user.id),
    cameras: distinct(({ cameraId }) => cameraId),
    notFlowing: running.filter((viewing) => flowOf(viewing) === 'notFlowing').length,
  };
}

function isShown({ endedAt }: SupervisedViewing, serverNowMs: number): boolean {
  return endedAt === null || serverNowMs - Date.parse(endedAt) < endedShownMs;
}

function searchText(viewing: SupervisedViewing, purposeName: PurposeName): string {
  const { user, cameraName, incidentNumber, incidentTitle, purpose } = viewing;
  return [
    user.name,
    roleNames[user.role],
    cameraName,
    `#${String(incidentNumber)}`,
    incidentTitle,
    purposeName(purpose),
  ]
    .join(' ')
    .toLowerCase();
}
