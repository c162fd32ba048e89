import { routes } from '@commonsight/types/http/routes';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import type { CallError } from '../api/CallResult.ts';
import { repeatWhileShown } from '../api/repeatWhileShown.ts';

export interface SiteHealth {
  cameras: readonly SiteCamera[];
  uplinkKilobitsPerSecond: number | null;
  /** Null while the relay does not tell. */
  health: RelayHealth | null;
  /** Why it does not; null without a relay, and while it does. */
  healthError: CallError | null;
}

export type SiteHealthRead =
  | { state: 'reading' }
  | { state: 'failed'; message: string }
  /** `problem`: why it could not be read again after `readAt`. */
  | { state: 'loaded'; value: SiteHealth; readAt: string; problem: string | null };

/** Each reading is a line of the audit log, so that it is not done all the time. */
const readEveryMs = 60_000;
/** A relay with many cameras may take its time to tell; the server says so when it is too long. */
const readTimeoutMs = 30_000;

/** The cameras of a site and how its relay says they are, read at once and again while they are looked at. */
export function useSiteHealth(
  siteId: string,
  relayId: string | null,
  isShown: boolean,
): { read: SiteHealthRead; readAgain: () => void } {
  const [read, setRead] = useState<SiteHealthRead>({ state: 'reading' });
  /** Begins anew; null while nobody looks. */
  const restart = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!isShown) return undefined;
    const ask = async (signal: AbortSignal): Promise<'goOn'> => {
      const [listed, told] = await Promise.all([
        call(routes.listSiteCameras, { params: { id: siteId }, signal }),
        relayId === null ? null : call(routes.readRelayHealth, { params: { id: relayId }, signal }),
      ]);
      if (listed.state === 'aborted' || told?.state === 'aborted') return 'goOn';
      if (listed.state === 'failed') {
        const { message } = listed.error;
        // A short break takes nothing away that somebody reads.
        setRead((before) =>
          before.state === 'loaded' ? { ...before, problem: message } : { state: 'failed', message },
        );
        return 'goOn';
      }
      const health = told?.state === 'ok' ? told.value : null;
      const healthError = told?.state === 'failed' ? told.error : null;
      const value = { ...listed.value, health, healthError };
      setRead({ state: 'loaded', value, readAt: new Date().toISOString(), problem: null });
      return 'goOn';
    };
    const repeating = repeatWhileShown({ ask, everyMs: readEveryMs, timeoutMs: readTimeoutMs });
    restart.current = repeating.again;
    return () => {
      restart.current = null;
      repeating.stop();
    };
  }, [siteId, relayId, isShown]);
  const readAgain = useCallback(() => restart.current?.(), []);
  return { read, readAgain };
}
