import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useCallback } from 'react';
import { ownerCall } from '../../api/ownerCall.ts';
import { useText } from '../../language/LanguageContext.ts';
import type { OwnerKey } from '../../owner/ownerKey.ts';
import { signFootageOpening } from '../../owner/signOrders.ts';
import { FootageInbox } from './FootageInbox.tsx';

export interface OwnerInboxProps {
  secret: string;
  /** This browser's key for the site's relay, if the relay takes it. */
  ownerKey: OwnerKey | null;
  /** Whether the relay keeps owners' keys: then one of them signs, and the link alone answers nothing. */
  isSignatureNeeded: boolean;
}

export function OwnerInbox({ secret, ownerKey, isSignatureNeeded }: OwnerInboxProps) {
  const { footage } = useText();
  const list = useCallback(
    (signal: AbortSignal) => ownerCall(footageRoutes.listOwnerFootageRequests, secret, { signal }),
    [secret],
  );
  return (
    <FootageInbox
      page="/owner"
      list={list}
      closed={isSignatureNeeded && ownerKey === null ? footage.pairToAnswer : null}
      open={async (id) => {
        // What cannot be signed is sent without, and the server says what is missing.
        const signed = ownerKey === null ? null : await signFootageOpening(ownerKey, id, new Date()).catch(() => null);
        return ownerCall(footageRoutes.openOwnerFootageRequest, secret, { params: { id }, body: { signed } });
      }}
    />
  );
}
