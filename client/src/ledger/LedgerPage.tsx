import { useEffect } from 'react';
import { LedgerView } from './LedgerView.tsx';
import { useFragment } from './useFragment.ts';
import { useLedger } from './useLedger.ts';

/** For a site's owner, who has come by a link: the secret stands behind `#`, which no server and no log sees. */
export function LedgerPage() {
  const secret = useFragment();
  useEffect(() => {
    document.title = 'Who has looked · Commonsight';
  }, []);
  return (
    <main className="daylight h-full overflow-y-auto p-4 text-sm sm:p-8 print:h-auto print:overflow-visible">
      <div className="mx-auto max-w-176">
        {/* Another link is another ledger: nothing of the one before stays. */}
        <OpenLedger key={secret} secret={secret} />
      </div>
    </main>
  );
}

function OpenLedger({ secret }: { secret: string }) {
  const reading = useLedger(secret);
  if (reading.state === 'open') return <LedgerView reading={reading} secret={secret} />;
  return (
    <>
      <h1 className="m-0 text-xl font-semibold">Who has looked through your cameras</h1>
      {reading.state === 'reading' ? <p className="text-base text-muted">Reading the ledger…</p> : null}
      {reading.state === 'failed' ? (
        <p role="alert" className="text-base">
          {reading.problem}
        </p>
      ) : null}
      {reading.state === 'closed' ? (
        <p role="alert" className="text-base">
          This link opens no ledger. It may have been revoked, or a part of it is missing. Ask whoever gave it to you.
        </p>
      ) : null}
    </>
  );
}
