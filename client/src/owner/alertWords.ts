import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger, LedgerLine } from '@commonsight/types/ledger';

export const endWords: Readonly<Record<NonNullable<OwnerAlert['end']>, string>> = {
  time: 'Its time was over.',
  owner: 'You ended it.',
  webhook: 'A button or sensor at the site ended it.',
  console: 'It was ended at the relay.',
  cancelled: 'It was cancelled before anything was shared.',
  incidentClosed: 'The incident was closed.',
  notAllowed: 'What you share does not allow it any more.',
  realAlert: 'A real alert began.',
  relayRestarted: 'The relay was started again.',
};

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
