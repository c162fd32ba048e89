import { saysNothing } from './saysNothing.ts';
import type { PastIncident } from './FlagRule.ts';

/**
 * When the incident was last worked on, up to a moment. What a viewer does to an incident alone does not count unless
 * it says something: an empty note must not make a cover look alive.
 */
export function lastWorkedOnMs(incident: PastIncident, viewerId: string, untilMs: number): number {
  const worked = incident.entries.filter(
    ({ atMs, authorId, kind, text }) =>
      atMs <= untilMs && (authorId !== viewerId || (kind === 'note' && !saysNothing(text))),
  );
  return Math.max(incident.openedAtMs, ...worked.map(({ atMs }) => atMs));
}

/** "4.2 km" or "800 m". */
export function spellDistance(metres: number): string {
  return metres >= 1_000 ? `${(metres / 1_000).toFixed(1)} km` : `${Math.round(metres / 10) * 10} m`;
}

/** "3 days", "5 hours" or "40 minutes", rounded down. */
export function spellDuration(durationMs: number): string {
  const minutes = Math.floor(durationMs / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2 * 24 * 60 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / (24 * 60))} days`;
}
