import type { Purpose } from '@commonsight/types/purpose';
import { lastWorkedOnMs, spellDuration } from './incidentWork.ts';
import { type FlagRule, endOf, hourMs, minuteMs } from './FlagRule.ts';

/** So long a look has an ordinary explanation. */
const ordinaryMs: Readonly<Record<Purpose, number>> = {
  emergencyResponse: 2 * hourMs,
  violentCrime: 2 * hourMs,
  propertyCrime: 2 * hourMs,
  trafficIncident: 2 * hourMs,
  missingPerson: 3 * hourMs,
  publicEvent: 8 * hourMs,
  training: 4 * hourMs,
};

/** While somebody works on the incident, looking goes on for a reason. */
const quietMs = hourMs;
/** A broken connection cuts a viewing in two; for the one who looks it is one. */
const cutMs = 5 * minuteMs;

/** Looking at one camera for hours, while nothing happens in the incident. */
export const longDwell: FlagRule = {
  kind: 'longDwell',
  find({ viewing, history, incident, nowMs }) {
    const untilMs = endOf(viewing, nowMs);
    const dwellMs = untilMs - beginOfDwell(viewing.startedAtMs, historyOfCamera(history, viewing), nowMs);
    if (dwellMs <= ordinaryMs[viewing.purpose]) return null;
    const quietForMs = untilMs - lastWorkedOnMs(incident, viewing.userId, untilMs);
    if (quietForMs <= quietMs) return null;
    return `${viewing.cameraName} for ${spellDuration(dwellMs)}; nothing happened in #${incident.number} for ${spellDuration(quietForMs)}.`;
  },
};

type Visit = Parameters<typeof endOf>[0];

function historyOfCamera(history: readonly Visit[], { cameraId }: Visit): Visit[] {
  return history.filter((other) => other.cameraId === cameraId);
}

/** Goes back from viewing to viewing as long as each went on where the one before had ended. */
function beginOfDwell(startMs: number, ofCamera: readonly Visit[], nowMs: number): number {
  let beginMs = startMs;
  for (const earlier of ofCamera.toReversed()) {
    if (earlier.startedAtMs < beginMs && endOf(earlier, nowMs) >= beginMs - cutMs) beginMs = earlier.startedAtMs;
  }
  return beginMs;
}
