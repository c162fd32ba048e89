import { useEffect } from 'react';
import { LedgerView } from './LedgerView.tsx';
import { NotOpen } from './NotOpen.tsx';
import { useFragment } from './useFragment.ts';
import { useLedger } from './useLedger.ts';

/** For a site's owner, who has come by a link: the secret stands behind `#`, which no server and no log sees. */
export function LedgerPage() {
  const secret = useFragment();
  useEffect(() => {
    document.title = 'Who has looked · Commonsight';
  }, []);
  return (
    <main className="daylight relative h-full overflow-y-auto p-4 text-sm sm:p-8 print:h-auto print:overflow-visible">
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
  return <NotOpen title="Who has looked through your cameras" reading={reading} />;
}
