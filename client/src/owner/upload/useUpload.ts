import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';

/** As often as a relay measures. */
const askEveryMs = 5_000;

export type Upload = RouteResponse<typeof ownerRoutes.readOwnerUpload>;

/** What leaves the site, asked for again and again while somebody looks at it; null while the relay does not tell. */
export function useUpload(secret: string, isLookedAt: boolean): Upload | null {
  const [upload, setUpload] = useState<Upload | null>(null);
  useEffect(() => {
    if (!isLookedAt) return undefined;
    const abort = new AbortController();
    let timer: number | undefined;
    const ask = async (): Promise<void> => {
      const headers = { [ledgerSecretHeader]: secret };
      const result = await call(ownerRoutes.readOwnerUpload, { headers, signal: abort.signal });
      if (result.state === 'aborted') return;
      setUpload(result.state === 'ok' ? result.value : null);
      timer = window.setTimeout(() => void ask(), askEveryMs);
    };
    void ask();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [secret, isLookedAt]);
  return upload;
}
