import type { LedgerReading } from './useLedger.ts';

/** What stands where the link's page will be, or why it will not. */
export function NotOpen({ title, reading }: { title: string; reading: Exclude<LedgerReading, { state: 'open' }> }) {
  return (
    <>
      <h1 className="m-0 text-xl font-semibold">{title}</h1>
      {reading.state === 'reading' ? <p className="text-base text-muted">Reading…</p> : null}
      {reading.state === 'failed' ? (
        <p role="alert" className="text-base">
          {reading.problem.message}
        </p>
      ) : null}
      {reading.state === 'closed' ? (
        <p role="alert" className="text-base">
          This link opens nothing. It may have been revoked, or a part of it is missing. Ask whoever gave it to you.
        </p>
      ) : null}
    </>
  );
}
