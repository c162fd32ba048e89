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

/** What came of the last try; of another one it says nothing. */
type Read = { tries: number } & ({ point: string; fingerprint: string } | { message: string });

/** The relay's key for new cameras, as the server gives it, and whether a person has compared it on this browser. */
export function useSealing(relayId: string): Sealing {
  const [read, setRead] = useState<Read | null>(null);
  const [pin, setPin] = useState(() => readPin(relayId));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const result = await call(routes.readRelaySealing, { params: { id: relayId }, signal: abort.signal });
      if (result.state === 'failed') setRead({ tries, message: result.error.message });
      if (result.state !== 'ok') return;
      const { sealingPoint } = result.value;
      const fingerprint = await readFingerprint(sealingPoint);
      if (abort.signal.aborted) return;
      setRead(fingerprint === null ? { tries, message: noKeyWords } : { tries, point: sealingPoint, fingerprint });
    };
    void ask();
    return () => abort.abort();
  }, [relayId, tries]);
  if (read === null || read.tries !== tries) return { state: 'reading' };
  if ('message' in read) return { state: 'failed', message: read.message, retry: () => setTries(tries + 1) };
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
