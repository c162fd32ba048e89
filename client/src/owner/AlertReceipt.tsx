import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import { endWords, watchedDuring } from './alertWords.ts';

const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** What came of the last alert: how long it was, why it ended, who looked and how long. */
export function AlertReceipt({
  alert,
  ledger,
}: {
  alert: OwnerAlert;
  /** Null: nobody knows now who looked. */
  ledger: Ledger | null;
}) {
  const { sharedAt, endedAt, end, isTest } = alert;
  if (endedAt === null) return null;
  const watched = ledger === null ? [] : watchedDuring(alert, ledger, Date.parse(endedAt));
  const oldest = ledger?.lines.at(-1)?.startedAt;
  const mayBeMore = ledger?.hasMore === true && sharedAt !== null && oldest !== undefined && oldest > sharedAt;
  return (
    <section
      aria-label="Receipt of the last alert"
      className="mt-4 rounded-md border border-line-strong bg-surface-1 p-4"
    >
      <h3 className="m-0 text-base font-semibold">{isTest ? 'Your last test' : 'Your last alert'}</h3>
      <p className="m-0 mt-1">
        {sharedAt === null
          ? `Begun ${moment.format(new Date(alert.begunAt))}.`
          : `From ${moment.format(new Date(sharedAt))} to ${moment.format(new Date(endedAt))}, ${lengthOf(sharedAt, endedAt)}.`}{' '}
        {end === null ? '' : endWords[end]}
      </p>
      {isTest ? <p className="m-0 mt-1">Nothing was opened, and the police heard nothing.</p> : null}
      {ledger !== null && !isTest && sharedAt !== null ? (
        watched.length === 0 ? (
          <p className="m-0 mt-1">
            {mayBeMore
              ? 'Nobody looked through your cameras, as far as the newest lines reach.'
              : 'Nobody looked through your cameras.'}
          </p>
        ) : (
          <>
            <p className="m-0 mt-2">In that time, through any of your cameras:</p>
            <ul className="m-0 mt-2 list-none p-0">
              {watched.map(({ pseudonym, cameraName, ms }) => (
                <li key={`${pseudonym} ${cameraName}`} className="border-t border-line py-1.5 break-words">
                  <strong>{pseudonym}</strong> looked through {cameraName} for {secondsWords(ms)}.
                </li>
              ))}
            </ul>
          </>
        )
      ) : null}
      {mayBeMore ? (
        <p className="m-0 mt-1 text-muted">Earlier views of it are under everybody who has looked.</p>
      ) : null}
      <p className="m-0 mt-2 text-muted">This version records nothing: no picture was kept.</p>
    </section>
  );
}

function lengthOf(from: string, to: string): string {
  return secondsWords(Date.parse(to) - Date.parse(from));
}

function secondsWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
