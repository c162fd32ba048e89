import type { LedgerLine } from '@commonsight/types/ledger';
import { useState } from 'react';
import { LedgerLines } from './LedgerLines.tsx';
import { sharingSentences, withheldWords } from './ledgerWords.ts';
import { SiteHeader } from './SiteHeader.tsx';
import { WitnessLines } from './WitnessLines.tsx';
import { type OpenReading, readOlder } from './useLedger.ts';

/** The ledger of a site: who is watching now, which cameras there are, who has watched. */
export function LedgerView({ reading, secret }: { reading: OpenReading; secret: string }) {
  const { ledger, readAtMs } = reading;
  const [older, setOlder] = useState<{ lines: readonly LedgerLine[]; hasMore: boolean } | null>(null);
  const newest = ledger.lines;
  // What moved on from the first page since older lines were read stays where it is.
  const shown = older === null ? newest : merged(newest, older.lines);
  const last = shown.at(-1);
  const hasMore = older === null ? ledger.hasMore : older.hasMore;

  async function showOlder(): Promise<void> {
    if (last === undefined) return;
    const page = await readOlder(secret, last.viewingId);
    if (page !== null) setOlder({ lines: [...shown, ...page.lines], hasMore: page.hasMore });
  }

  return (
    <>
      <SiteHeader reading={reading}>
        <p className="m-0 mt-2 text-muted">{withheldWords(ledger.withheld)}</p>
        <p className="m-0 mt-2">
          <a href={`/owner#${secret}`} className="text-accent underline underline-offset-4">
            Decide what you share
          </a>
        </p>
        <WitnessLines witnesses={ledger.witnesses} />
      </SiteHeader>
      <details className="mt-4">
        <summary className="cursor-pointer text-base font-semibold">Your cameras ({ledger.cameras.length})</summary>
        <ul className="m-0 mt-1 list-none p-0">
          {ledger.cameras.map(({ id, name, sharingMode }) => (
            <li key={id} className="border-t border-line py-1.5">
              <strong>{name}</strong> <span className="text-muted">{sharingSentences[sharingMode]}</span>
            </li>
          ))}
        </ul>
      </details>
      <h2 className="m-0 mt-5 text-lg font-semibold">Who has looked</h2>
      <p className="m-0 mt-1 text-muted">
        Each person has a name that means something here only: the same person always has the same one.
      </p>
      {shown.length === 0 ? <p className="text-base">Nobody has looked through these cameras yet.</p> : null}
      <LedgerLines lines={shown} cameras={ledger.cameras} nowMs={readAtMs} />
      {hasMore ? (
        <button
          type="button"
          onClick={() => void showOlder()}
          className="mt-4 h-11 w-full rounded-md border border-line-strong bg-surface-1 text-base"
        >
          Show older lines
        </button>
      ) : null}
    </>
  );
}

function merged(newest: readonly LedgerLine[], older: readonly LedgerLine[]): LedgerLine[] {
  const byId = new Map([...older, ...newest].map((line) => [line.viewingId, line]));
  return [...byId.values()].sort((a, b) => (a.viewingId < b.viewingId ? 1 : -1));
}
