import { ledgerRoutes } from '@commonsight/types/http/ledger-routes';
import type { Ledger } from '@commonsight/types/ledger';
import { useEffect, useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { ownerCall } from '../api/ownerCall.ts';
import { repeatWhileShown } from '../api/repeatWhileShown.ts';

/** A line shall be there within five seconds of the view's start. */
const askEveryMs = 2_000;

export interface OpenReading {
  state: 'open';
  ledger: Ledger;
  readAtMs: number;
  /** Why it could not be read again after `readAtMs`. */
  problem: CallError | null;
}

export type LedgerReading = { state: 'reading' | 'closed' } | OpenReading | { state: 'failed'; problem: CallError };

/** The newest lines of the ledger that the secret opens, asked for again and again. */
export function useLedger(secret: string): LedgerReading {
  const [reading, setReading] = useState<LedgerReading>({ state: 'reading' });
  useEffect(() => {
    const ask = async (signal: AbortSignal): Promise<'goOn' | 'enough'> => {
      const result = await ownerCall(ledgerRoutes.readLedger, secret, { signal });
      if (result.state === 'aborted') return 'goOn';
      if (result.state === 'ok') {
        setReading({ state: 'open', ledger: result.value, readAtMs: Date.now(), problem: null });
        return 'goOn';
      }
      if (result.error.code !== 'notFound') {
        setReading((before) => withProblem(before, result.error));
        return 'goOn';
      }
      setReading({ state: 'closed' });
      // A link that opens nothing will not open again, and asking is written down.
      return 'enough';
    };
    return repeatWhileShown({ ask, everyMs: askEveryMs }).stop;
  }, [secret]);
  return reading;
}

/** Lines that lie before those that are shown; null when they cannot be read. */
export async function readOlder(secret: string, before: string): Promise<Ledger | null> {
  const result = await ownerCall(ledgerRoutes.readLedger, secret, { query: { before } });
  return result.state === 'ok' ? result.value : null;
}

function withProblem(before: LedgerReading, problem: CallError): LedgerReading {
  return before.state === 'open' ? { ...before, problem } : { state: 'failed', problem };
}
