import { type Purpose, purposeSchema } from '@commonsight/types/purpose';
import type { LogLine } from './LogLine.ts';

/** What the lines of a period say about viewings. */
export interface ViewingCounts {
  /** Viewings that began in the period, by purpose; every purpose is named. */
  byPurpose: Record<Purpose, number>;
  /** Milliseconds of those that have ended, by purpose. */
  durationMsByPurpose: Record<Purpose, number>;
  withIncident: number;
  withoutIncident: number;
  /** Milliseconds of each that has ended, shortest first. */
  lengthsMs: number[];
}

/** Counts viewings by their first lines; how long they were is said by their last. Lines may come in any order. */
export function countViewings(lines: readonly LogLine[]): ViewingCounts {
  const counts: ViewingCounts = {
    byPurpose: noneOfEach(),
    durationMsByPurpose: noneOfEach(),
    withIncident: 0,
    withoutIncident: 0,
    lengthsMs: [],
  };
  const durations = new Map<string, number>();
  for (const { type, targetId, details, outcome } of lines) {
    if (type !== 'viewing.ended' || outcome !== 'done' || targetId === null) continue;
    if (typeof details['durationMs'] === 'number') durations.set(targetId, Math.max(0, details['durationMs']));
  }
  for (const { type, targetId, details, outcome } of lines) {
    if (type !== 'viewing.started' || outcome !== 'done') continue;
    const purpose = purposeSchema.safeParse(details['purpose']);
    if (!purpose.success) continue;
    counts.byPurpose[purpose.data] += 1;
    if (typeof details['incidentNumber'] === 'number') counts.withIncident += 1;
    else counts.withoutIncident += 1;
    const durationMs = targetId === null ? undefined : durations.get(targetId);
    if (durationMs === undefined) continue;
    counts.durationMsByPurpose[purpose.data] += durationMs;
    counts.lengthsMs.push(durationMs);
  }
  counts.lengthsMs.sort((a, b) => a - b);
  return counts;
}

/** The smallest of the sorted numbers that this share of them does not exceed; null without numbers. */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function noneOfEach(): Record<Purpose, number> {
  return Object.fromEntries(purposeSchema.options.map((purpose) => [purpose, 0])) as Record<Purpose, number>;
}
