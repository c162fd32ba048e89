import { type FlagRule, type PastViewing, hourMs, minuteMs } from './FlagRule.ts';

const windowMs = 10 * minuteMs;
/** What is opened together is one act: a wall or an incident's cameras in one key. */
const oneActMs = 3_000;
const leastOpenings = 12;

/** Leafing through cameras: one after the other by hand, many within minutes, none of them seen in the hour before. */
export const burst: FlagRule = {
  kind: 'burst',
  find({ viewing, history }) {
    const untilMs = viewing.startedAtMs;
    const recent = history.filter(({ startedAtMs }) => startedAtMs > untilMs - windowMs && startedAtMs <= untilMs);
    const seenBefore = new Set(
      history
        .filter(({ startedAtMs }) => startedAtMs <= untilMs - windowMs && startedAtMs > untilMs - windowMs - hourMs)
        .map(({ cameraId }) => cameraId),
    );
    const openings = countOpenings(recent.filter(({ cameraId }) => !seenBefore.has(cameraId)));
    if (openings < leastOpenings) return null;
    return `The last of ${openings} cameras opened one after another within ${windowMs / minuteMs} minutes.`;
  },
};

/** Cameras that were new when they were opened, and not together with the one before. */
function countOpenings(viewings: readonly PastViewing[]): number {
  const seen = new Set<string>();
  let lastMs = -Infinity;
  let openings = 0;
  for (const { cameraId, startedAtMs } of viewings) {
    if (seen.has(cameraId)) continue;
    seen.add(cameraId);
    if (startedAtMs - lastMs > oneActMs) openings += 1;
    lastMs = startedAtMs;
  }
  return openings;
}
