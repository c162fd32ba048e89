import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { OwnerRelay } from '@commonsight/types/owner';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { ownerCall } from '../api/ownerCall.ts';
import { repeatWhileShown } from '../api/repeatWhileShown.ts';
import { type OwnerKey, readOwnerKey } from './ownerKey.ts';
import { isReceiptGood } from './receipts.ts';

/** A change shall be seen within seconds on the owner's other devices too. */
const askEveryMs = 2_000;

export interface RelayReading {
  /** Undefined before the first answer, null at a site without a relay. */
  relay: OwnerRelay | null | undefined;
  /** When that was answered last; null before. */
  readAtMs: number | null;
  /** Why it could not be read, or not again after `readAtMs`. */
  problem: CallError | null;
  /** This browser's key for the relay, if the relay takes it. */
  key: OwnerKey | null;
  /** Whether it is known what this browser keeps. */
  isKeyRead: boolean;
  /** Whether the relay itself has confirmed what is shown; null where this browser cannot tell. */
  isConfirmed: boolean | null;
  /** Shows what an act has come to, before it is read again. */
  show: (change: (now: OwnerRelay) => OwnerRelay) => void;
  usePaired: (key: OwnerKey) => void;
}

/** The site's relay and what is in force there, asked for again and again. */
export function useOwnerRelay(secret: string): RelayReading {
  const [relay, setRelay] = useState<OwnerRelay | null>();
  const [readAtMs, setReadAtMs] = useState<number | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  const [isKeyRead, setKeyRead] = useState(false);
  const [kept, setKept] = useState<OwnerKey | null>(null);
  const [checked, setChecked] = useState<{ document: string; isGood: boolean } | null>(null);
  /** Counts what was shown in between: an answer that was asked for before is older than that. */
  const shown = useRef(0);
  useEffect(() => {
    const ask = async (signal: AbortSignal): Promise<'goOn' | 'enough'> => {
      const shownBefore = shown.current;
      const result = await ownerCall(ownerRoutes.readOwnerRelay, secret, { signal });
      if (result.state === 'aborted') return 'goOn';
      setProblem(result.state === 'failed' ? result.error : null);
      if (result.state === 'ok') {
        if (shown.current === shownBefore) setRelay(result.value.relay);
        setReadAtMs(Date.now());
        return 'goOn';
      }
      // The ledger beside it says that the link opens nothing.
      return result.error.code === 'notFound' ? 'enough' : 'goOn';
    };
    return repeatWhileShown({ ask, everyMs: askEveryMs }).stop;
  }, [secret]);
  const relayId = relay?.id;
  useEffect(() => {
    if (relayId === undefined) return;
    const keep = (found: OwnerKey | null): void => {
      setKept(found);
      setKeyRead(true);
    };
    readOwnerKey(relayId).then(keep, () => keep(null));
  }, [relayId]);
  const key = kept !== null && relay?.sharing?.ownerKeys.includes(kept.publicKey) === true ? kept : null;
  const document = relay?.sharing?.inForce?.signed.document;
  const receipt = relay?.sharing?.inForce?.receipt;
  useEffect(() => {
    if (key === null || document === undefined || receipt === undefined) return;
    isReceiptGood(key, document, receipt)
      .catch(() => false)
      .then((isGood) => setChecked({ document, isGood }))
      .catch(() => undefined);
  }, [key, document, receipt]);
  const isConfirmed = key !== null && checked !== null && checked.document === document ? checked.isGood : null;
  const usePaired = useCallback((paired: OwnerKey) => setKept(paired), []);
  const show = useCallback((change: (now: OwnerRelay) => OwnerRelay) => {
    shown.current += 1;
    setRelay((now) => (now === undefined || now === null ? now : change(now)));
  }, []);
  return { relay, readAtMs, problem, key, isKeyRead, isConfirmed, show, usePaired };
}
