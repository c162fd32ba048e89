import { useEffect, useState } from 'react';
import type { CallError, CallResult } from '../api/CallResult.ts';

export type Read<T> =
  | { state: 'none' }
  | { state: 'loading' }
  | { state: 'loaded'; value: T }
  | { state: 'failed'; code: CallError['code']; message: string; retry: () => void };

type Reader<T> = (signal: AbortSignal) => Promise<CallResult<T>>;

const whileLockedEveryMs = 2_000;

/** Reads something when the reader changes, which must therefore be memoised; nothing while it is null. */
export function useRead<T>(read: Reader<T> | null): Read<T> {
  const [tries, setTries] = useState(0);
  const [outcome, setOutcome] = useState<{ read: Reader<T>; tries: number; result: CallResult<T> } | null>(null);
  useEffect(() => {
    if (read === null) return undefined;
    const aborting = new AbortController();
    const take = async (): Promise<void> => {
      const result = await read(aborting.signal);
      if (!aborting.signal.aborted) setOutcome({ read, tries, result });
    };
    void take();
    return () => aborting.abort();
  }, [read, tries]);

  const isLocked = outcome?.result.state === 'failed' && outcome.result.error.code === 'sessionLocked';
  useEffect(() => {
    if (!isLocked) return undefined;
    // It was asked in the moment in which the session locked; it is read when it is unlocked.
    const timer = setInterval(() => setTries((count) => count + 1), whileLockedEveryMs);
    return () => clearInterval(timer);
  }, [isLocked]);

  if (read === null) return { state: 'none' };
  // What an earlier reader brought does not answer this one.
  if (outcome === null || outcome.read !== read || outcome.tries !== tries) return { state: 'loading' };
  switch (outcome.result.state) {
    case 'ok':
      return { state: 'loaded', value: outcome.result.value };
    case 'failed':
      if (isLocked) return { state: 'loading' };
      return { state: 'failed', ...outcome.result.error, retry: () => setTries(tries + 1) };
    case 'aborted':
      return { state: 'loading' };
    default:
      return outcome.result satisfies never;
  }
}
