import { routes } from '@commonsight/types/http/routes';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { fingerprintOf, readPoint } from './sealCamera.ts';
import { keepPin, readPin } from './sealingPin.ts';

export type Sealing =
  | { state: 'reading' }
  | { state: 'failed'; message: string; retry: () => void }
  /** `isOther`: another key was compared on this browser before. */
  | { state: 'unknown'; fingerprint: string; isOther: boolean; trust: () => void }
  | { state: 'trusted'; fingerprint: string; sealingPoint: string };

/** The relay's key for new cameras, as the server gives it, and whether a person has compared it on this browser. */
export function useSealing(relayId: string): Sealing {
  const [read, setRead] = useState<{ point: string; fingerprint: string } | { message: string } | null>(null);
  const [pin, setPin] = useState(() => readPin(relayId));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const result = await call(routes.readRelaySealing, { params: { id: relayId }, signal: abort.signal });
      if (result.state === 'failed') setRead({ message: result.error.message });
      if (result.state !== 'ok') return;
      const { sealingPoint } = result.value;
      const fingerprint = await readFingerprint(sealingPoint);
      if (abort.signal.aborted) return;
      setRead(fingerprint === null ? { message: noKeyWords } : { point: sealingPoint, fingerprint });
    };
    void ask();
    return () => abort.abort();
  }, [relayId, tries]);
  if (read === null) return { state: 'reading' };
  if ('message' in read) {
    const retry = (): void => {
      setRead(null);
      setTries(tries + 1);
    };
    return { state: 'failed', message: read.message, retry };
  }
  const { point, fingerprint } = read;
  if (pin === point) return { state: 'trusted', fingerprint, sealingPoint: point };
  const trust = (): void => {
    keepPin(relayId, point);
    setPin(point);
  };
  return { state: 'unknown', fingerprint, isOther: pin !== null, trust };
}

const noKeyWords = 'This browser encrypts on https pages alone, or what came is not a relay’s key.';

/** Null where a browser has no cryptography, as on a page over http, and for what is no point of the curve. */
async function readFingerprint(sealingPoint: string): Promise<string | null> {
  try {
    await readPoint(sealingPoint);
    return await fingerprintOf(sealingPoint);
  } catch {
    return null;
  }
}
