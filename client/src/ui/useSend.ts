import { useState } from 'react';
import type { CallResult } from '../api/CallResult.ts';

export interface Sending {
  isBusy: boolean;
  /** Why it was refused, until it is sent again. */
  error: string | null;
  /** Sends once at a time; the answer comes to `onDone`, and a failure becomes `error`. */
  send: <T>(ask: () => Promise<CallResult<T>>, onDone: (value: T) => void) => Promise<void>;
}

/** What every form does that is sent: it waits, says what went wrong, and goes on with the answer. */
export function useSend(): Sending {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function send<T>(ask: () => Promise<CallResult<T>>, onDone: (value: T) => void): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await ask();
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state === 'ok') onDone(result.value);
  }

  return { isBusy, error, send };
}
