import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import { useEffect, useState } from 'react';
import { ownerCall } from '../../api/ownerCall.ts';
import { repeatWhileShown } from '../../api/repeatWhileShown.ts';

/** Seldom enough for a relay behind a thin line, which measures more often. */
const askEveryMs = 5_000;

type OwnerUpload = RouteResponse<typeof ownerRoutes.readOwnerUpload>;

/** What leaves the site against its limit, asked for again and again while somebody looks at it; null while the relay does not tell. */
export function useUploadLimit(secret: string, isLookedAt: boolean): OwnerUpload | null {
  const [upload, setUpload] = useState<OwnerUpload | null>(null);
  useEffect(() => {
    if (!isLookedAt) return undefined;
    const ask = async (signal: AbortSignal): Promise<'goOn'> => {
      const result = await ownerCall(ownerRoutes.readOwnerUpload, secret, { signal });
      if (result.state !== 'aborted') setUpload(result.state === 'ok' ? result.value : null);
      return 'goOn';
    };
    return repeatWhileShown({ ask, everyMs: askEveryMs }).stop;
  }, [secret, isLookedAt]);
  return upload;
}
