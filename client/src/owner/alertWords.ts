import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger, LedgerLine } from '@commonsight/types/ledger';
import type { SharingDocument, SharingRule } from '@commonsight/types/relay/sharing';

export const endWords: Readonly<Record<NonNullable<OwnerAlert['end']>, string>> = {
  time: 'Its time was over.',
  owner: 'You ended it.',
  webhook: 'A button or sensor at the site ended it.',
  console: 'It was ended at the relay.',
  cancelled: 'It was cancelled before anything was shared.',
  incidentClosed: 'The police have closed the incident.',
  notAllowed: 'What you share does not allow it any more.',
  realAlert: 'A real alert began.',
  relaySlept: 'The relay’s machine was asleep.',
  relayRestarted: 'The relay was started again.',
  unknown: 'It ended while the server did not hear of it.',
};

/** What the button does, with what is shared now. `document` is null before the first. */
export function idleSentence(document: SharingDocument | null, isOnline: boolean): string {
  if (!isOnline) {
    return 'Your relay is not connected, so this button does nothing. Use the button or the console at the site, and in an emergency call the emergency number.';
  }
  if (document === null) return 'Say first which cameras are shared only on alert.';
  const does = isAnyOnAlert(document)
    ? 'Opens the cameras that you share only on alert, and calls the police’s attention.'
    : 'You share no camera only on alert yet, so an alert opens none. It calls the police’s attention.';
  return `${does} You can cancel it for five seconds.`;
}

/** Whether a camera may be shared by an alert, at whatever time. */
function isAnyOnAlert({ default: others, cameras }: Pick<SharingDocument, 'default' | 'cameras'>): boolean {
  return [others, ...Object.values(cameras)].some(isEverOnAlert);
}

function isEverOnAlert({ mode, schedule, dates }: SharingRule): boolean {
  return [mode, ...schedule.map((period) => period.mode), ...dates.map((date) => date.mode)].includes('onAlert');
}

export function titleOf({ stage, isTest }: OwnerAlert): string {
  const what = isTest ? 'Test alert' : 'Alert';
  if (stage === 'arming') return `${what} begins in a moment`;
  return stage === 'extensionAsked' ? `${what} ends soon` : `${what} runs`;
}

export function runningSentence({ stage, isTest, mayExtend }: OwnerAlert): string {
  if (stage === 'arming') return isTest ? 'Nothing will be opened.' : 'Nothing is shared yet.';
  if (isTest) return 'In a real alert police could see your cameras that are shared on alert. Now they cannot.';
  if (stage === 'extensionAsked') {
    return mayExtend ? 'Do you need more time?' : 'It has reached the longest time that you allow.';
  }
  return 'Police can see your cameras that are shared on alert, for an open incident.';
}

/** What is read out of a stage or the end, without the time. */
export function announcementOf(alert: OwnerAlert): string {
  if (alert.endedAt === null) return `${titleOf(alert)}. ${runningSentence(alert)}`;
  return `${alert.isTest ? 'The test' : 'The alert'} is over. ${alert.end === null ? '' : endWords[alert.end]}`.trim();
}

export interface Watched {
  pseudonym: string;
  cameraName: string;
  ms: number;
}

/** Who looked through the site's cameras during the alert, and for how long of it; the longest first. */
export function watchedDuring(alert: OwnerAlert, ledger: Pick<Ledger, 'lines' | 'cameras'>, nowMs: number): Watched[] {
  if (alert.sharedAt === null || alert.isTest) return [];
  const fromMs = Date.parse(alert.sharedAt);
  const toMs = alert.endedAt === null ? nowMs : Date.parse(alert.endedAt);
  const times = new Map<string, Watched>();
  for (const line of ledger.lines) {
    const ms = overlapMs(line, fromMs, toMs);
    if (ms <= 0) continue;
    const key = `${line.pseudonym} ${line.cameraId}`;
    const cameraName = ledger.cameras.find(({ id }) => id === line.cameraId)?.name ?? 'A camera';
    times.set(key, { pseudonym: line.pseudonym, cameraName, ms: (times.get(key)?.ms ?? 0) + ms });
  }
  return [...times.values()].toSorted((one, other) => other.ms - one.ms);
}

function overlapMs({ startedAt, endedAt }: LedgerLine, fromMs: number, toMs: number): number {
  const endMs = endedAt === null ? toMs : Date.parse(endedAt);
  return Math.min(endMs, toMs) - Math.max(Date.parse(startedAt), fromMs);
}
