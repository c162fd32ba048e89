import type { Digest, DigestWish } from '@commonsight/types/digest';
import { digestRoutes } from '@commonsight/types/http/digest-routes';
import { useEffect, useState } from 'react';
import type { CallError, CallResult } from '../../api/CallResult.ts';
import { ownerCall } from '../../api/ownerCall.ts';

export interface DigestReading {
  /** Null before the first answer. */
  digest: Digest | null;
  problem: CallError | null;
  isBusy: boolean;
  /** Whether it was stopped on this page, which is worth a word. */
  isStopped: boolean;
  ask: (wish: DigestWish) => Promise<void>;
  stop: () => Promise<void>;
}

/** The weekly mail of an owner's link, and what the owner does about it. */
export function useDigest(secret: string): DigestReading {
  const [digest, setDigest] = useState<Digest | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isStopped, setStopped] = useState(false);

  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const result = await ownerCall(digestRoutes.readDigest, secret, { signal: abort.signal });
      if (result.state === 'ok') setDigest(result.value.digest);
      if (result.state === 'failed') setProblem(result.error);
    };
    void read();
    return () => abort.abort();
  }, [secret]);

  async function act(asking: Promise<CallResult<{ digest: Digest }>>): Promise<void> {
    setBusy(true);
    const result = await asking;
    setBusy(false);
    setProblem(result.state === 'failed' ? result.error : null);
    if (result.state !== 'ok') return;
    setDigest(result.value.digest);
    setStopped(result.value.digest.state === 'off');
  }

  return {
    digest,
    problem,
    isBusy,
    isStopped,
    ask: (wish) => act(ownerCall(digestRoutes.askDigest, secret, { body: wish })),
    stop: () => act(ownerCall(digestRoutes.stopDigest, secret)),
  };
}
