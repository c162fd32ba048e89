import {
  judgeSharing,
  mayBeSeenIn,
  type RunningAlert,
  ruleOf,
  type SharingJudgement,
} from '@commonsight/types/relay/judgeSharing';
import type { SharingDocument } from '@commonsight/types/relay/sharing';

const dayMs = 24 * 60 * 60_000;
/** So far ahead `judgeSharing` looks. */
const lookMs = 8 * dayMs;
/** A day begins at most so long before or after it does in UTC, and may end with its night. */
const slackMs = 2 * dayMs;
/** Weeks full of single days are followed for so many looks; what is further ahead is not said. */
const mostLooks = 12;

/** What was judged in this minute, by rule and time zone: a hundred cameras often have one rule, and rules change by the minute. */
const judgedNow = { minute: 0, byRule: new Map<string, SharingJudgement>() };

/**
 * What holds for a camera, with the moment of its next change also where that is further ahead than `judgeSharing` looks:
 * weeks repeat, so that what does not change within eight days changes because of a single day.
 */
export function judgeWithNextChange(
  document: SharingDocument,
  cameraId: string,
  nowMs: number,
  alert: RunningAlert,
): SharingJudgement {
  if (alert !== null) return judge(document, cameraId, nowMs, alert);
  const minute = Math.floor(nowMs / 60_000);
  if (judgedNow.minute !== minute) {
    judgedNow.minute = minute;
    judgedNow.byRule.clear();
  }
  const key = JSON.stringify([document.timeZone, ruleOf(document, cameraId)]);
  const judged = judgedNow.byRule.get(key) ?? judge(document, cameraId, nowMs, null);
  judgedNow.byRule.set(key, judged);
  return judged;
}

function judge(document: SharingDocument, cameraId: string, nowMs: number, alert: RunningAlert): SharingJudgement {
  const judged = judgeSharing(document, cameraId, nowMs, alert);
  const { schedule, dates } = ruleOf(document, cameraId);
  if (judged.until !== null || dates.length === 0) return judged;
  // Where no week is behind them, a day that is as all others are changes nothing.
  const telling = dates.filter(({ mode }) => schedule.length > 0 || mayBeSeenIn(mode, false) !== judged.mayBeSeen);
  const days = telling.map(({ date }) => Date.parse(`${date}T00:00:00Z`)).toSorted((one, other) => one - other);
  let fromMs = nowMs;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const lookedMs = fromMs + lookMs;
    const hidesWeek = schedule.length > 0 && days.some((day) => day > fromMs - slackMs && day < lookedMs + slackMs);
    const nextDay = days.find((day) => day + slackMs > lookedMs);
    if (!hidesWeek && nextDay === undefined) return judged;
    fromMs = hidesWeek || nextDay === undefined ? lookedMs : Math.max(lookedMs, nextDay - slackMs);
    const { until } = judgeSharing(document, cameraId, fromMs, null);
    if (until !== null) return { ...judged, until };
  }
  return judged;
}
