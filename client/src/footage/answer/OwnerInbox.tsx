import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { useCallback } from 'react';
import { call } from '../../api/call.ts';
import { FootageInbox } from './FootageInbox.tsx';

export function OwnerInbox({ secret }: { secret: string }) {
  const list = useCallback(
    (signal: AbortSignal) =>
      call(footageRoutes.listOwnerFootageRequests, { headers: { [ledgerSecretHeader]: secret }, signal }),
    [secret],
  );
  return (
    <FootageInbox
      list={list}
      open={(id) =>
        call(footageRoutes.openOwnerFootageRequest, { params: { id }, headers: { [ledgerSecretHeader]: secret } })
      }
    />
  );
}
