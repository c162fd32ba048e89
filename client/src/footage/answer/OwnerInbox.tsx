import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useCallback } from 'react';
import { ownerCall } from '../../api/ownerCall.ts';
import { FootageInbox } from './FootageInbox.tsx';

export function OwnerInbox({ secret }: { secret: string }) {
  const list = useCallback(
    (signal: AbortSignal) => ownerCall(footageRoutes.listOwnerFootageRequests, secret, { signal }),
    [secret],
  );
  return (
    <FootageInbox
      page="/owner"
      list={list}
      open={(id) => ownerCall(footageRoutes.openOwnerFootageRequest, secret, { params: { id } })}
    />
  );
}
