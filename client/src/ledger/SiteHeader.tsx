import type { ReactNode } from 'react';
import { watchingWords } from './ledgerWords.ts';
import type { OpenReading } from './useLedger.ts';

/** Whose cameras these are and how many people look through them now. */
export function SiteHeader({ reading, children }: { reading: OpenReading; children?: ReactNode }) {
  const { ledger, problem } = reading;
  return (
    <header>
      <p className="m-0 text-muted">{ledger.agency.name}</p>
      <h1 className="m-0 text-xl font-semibold break-words">{ledger.site.name}</h1>
      <output className="mt-3 block text-xl font-semibold">{watchingWords(ledger.watching)}</output>
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem.message} What you see may be old.
        </p>
      )}
      {children}
    </header>
  );
}
