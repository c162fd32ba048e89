import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useCallback } from 'react';
import { call } from '../../api/call.ts';
import { managePath, type Visit, visitHeaders } from '../../registry/manage/visit.ts';
import { FootageInbox } from './FootageInbox.tsx';

export function RegistrantInbox({ visit }: { visit: Visit }) {
  const list = useCallback(
    (signal: AbortSignal) => call(footageRoutes.listOwnFootageRequests, { headers: visitHeaders(visit), signal }),
    [visit],
  );
  return (
    <FootageInbox
      page={managePath}
      list={list}
      open={(id) => call(footageRoutes.openOwnFootageRequest, { params: { id }, headers: visitHeaders(visit) })}
    />
  );
}
