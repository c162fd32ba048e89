import { routes } from '@commonsight/types/http/routes';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/call.ts';

export interface SiteHealth {
  cameras: readonly SiteCamera[];
  uplinkKilobitsPerSecond: number | null;
  /** Null while the relay does not tell. */
  health: RelayHealth | null;
}

export type SiteHealthRead =
  | { state: 'reading' }
  | { state: 'failed'; message: string }
  | { state: 'loaded'; value: SiteHealth };

/** Each reading is a line of the audit log, so that it is not done all the time. */
const readEveryMs = 60_000;

/** The cameras of a site and how its relay says they are, read again while the page is looked at. */
export function useSiteHealth(siteId: string, relayId: string | null): { read: SiteHealthRead; readAgain: () => void } {
  const [read, setRead] = useState<SiteHealthRead>({ state: 'reading' });
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const ask = async (): Promise<void> => {
      const [listed, told] = await Promise.all([
        call(routes.listSiteCameras, { params: { id: siteId }, signal }),
        relayId === null ? null : call(routes.readRelayHealth, { params: { id: relayId }, signal }),
      ]);
      if (signal.aborted) return;
      if (listed.state === 'failed') setRead({ state: 'failed', message: listed.error.message });
      if (listed.state !== 'ok') return;
      setRead({ state: 'loaded', value: { ...listed.value, health: told?.state === 'ok' ? told.value : null } });
    };
    void ask();
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') void ask();
    }, readEveryMs);
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, [siteId, relayId, version]);
  const readAgain = useCallback(() => setVersion((before) => before + 1), []);
  return { read, readAgain };
}
