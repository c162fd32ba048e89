import { lastWorkedOnMs } from './incidentWork.ts';
import { type Circumstances, type FlagRule, type PastViewing, dayMs, endOf, hourMs } from './FlagRule.ts';

const leastVisits = 4;
const windowMs = 14 * dayMs;
/** Visits with at least this between them are on different days for the user, whatever the calendar says. */
const betweenVisitsMs = 10 * hourMs;
/** An incident that was worked on so shortly before a visit explains it. */
const quietMs = dayMs;

/** Coming back to one camera day after day, while nothing happens in the incident that it is looked at for. */
export const sameCameraManyDays: FlagRule = {
  kind: 'sameCameraManyDays',
  find(circumstances) {
    const { viewing, history, incident } = circumstances;
    if (!isQuiet(circumstances, viewing)) return null;
    const ofCamera = history.filter(
      ({ cameraId, incidentId, startedAtMs }) =>
        cameraId === viewing.cameraId &&
        incidentId === viewing.incidentId &&
        startedAtMs <= viewing.startedAtMs &&
        startedAtMs > viewing.startedAtMs - windowMs,
    );
    const visits = countVisits(
      ofCamera.filter((visit) => isQuiet(circumstances, visit)),
      circumstances.nowMs,
    );
    if (visits < leastVisits) return null;
    return `${viewing.cameraName} on ${visits} days within two weeks, while nothing happened in #${incident.number}.`;
  },
};

function isQuiet({ incident }: Circumstances, visit: PastViewing): boolean {
  return visit.startedAtMs - lastWorkedOnMs(incident, visit.userId, visit.startedAtMs) > quietMs;
}

function countVisits(viewings: readonly PastViewing[], nowMs: number): number {
  let visits = 0;
  let lastMs = -Infinity;
  for (const viewing of viewings) {
    if (viewing.startedAtMs - lastMs > betweenVisitsMs) visits += 1;
    lastMs = Math.max(lastMs, endOf(viewing, nowMs));
  }
  return visits;
}
