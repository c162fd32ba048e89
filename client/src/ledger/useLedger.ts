import { ledgerRoutes } from '@commonsight/types/http/ledger-routes';
import { type Ledger, ledgerSecretHeader } from '@commonsight/types/ledger';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';

/** A line shall be there within five seconds of the view's start. */
const askEveryMs = 2_000;

export interface OpenReading {
  state: 'open';
  ledger: Ledger;
  readAtMs: number;
  /** Why what is shown may be old. */
  problem: string | null;
}

export type LedgerReading = { state: 'reading' | 'closed' } | OpenReading | { state: 'failed'; problem: string };

/** The newest lines of the ledger that the secret opens, asked for again and again. */
export function useLedger(secret: string): LedgerReading {
  const [reading, setReading] = useState<LedgerReading>({ state: 'reading' });
  useEffect(() => {
    const abort = new AbortController();
    let timer: number | undefined;
    const ask = async (): Promise<void> => {
      const result = await call(ledgerRoutes.readLedger, {
        headers: { [ledgerSecretHeader]: secret },
        signal: abort.signal,
      });
      if (result.state === 'aborted') return;
      if (result.state === 'ok')
        setReading({ state: 'open', ledger: result.value, readAtMs: Date.now(), problem: null });
      else if (result.error.code === 'notFound') setReading({ state: 'closed' });
      else setReading((before) => withProblem(before, result.error.message));
      // A link that opens nothing will not open again, and asking is written down.
      const isClosed = result.state === 'failed' && result.error.code === 'notFound';
      if (!isClosed) timer = window.setTimeout(() => void ask(), askEveryMs);
    };
    void ask();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [secret]);
  return reading;
}

/** Lines that lie before those that are shown; null when they cannot be read. */
export async function readOlder(secret: string, before: string): Promise<Ledger | null> {
  const result = await call(ledgerRoutes.readLedger, {
    headers: { [ledgerSecretHeader]: secret },
    query: { before },
  });
  return result.state === 'ok' ? result.value : null;
}

function withProblem(before: LedgerReading, problem: string): LedgerReading {
  return before.state === 'open' ? { ...before, problem } : { state: 'failed', problem };
}
