import { alertReceiptText, type AlertState } from '@commonsight/types/relay/alert';
import { sharingReceiptText, sharingSignatureContext, type SignedSharing } from '@commonsight/types/relay/sharing';
import { type SignedStillRequest, type StillAnswer, stillReceiptText } from '@commonsight/types/relay/still';
import { fromBase64url } from '../encoding/base64url.ts';
import { isSignedByOwner, isSignedByRelay, type OwnerKey } from './ownerKey.ts';

/** Whether the relay itself has signed that it took the order, and what came of it. */
export function isAlertReceiptGood(
  key: OwnerKey,
  of: { order: string; alert: AlertState | null },
  receipt: string,
): Promise<boolean> {
  return isSignedByRelay(key, alertReceiptText({ relayId: key.relayId, ...of }), receipt);
}

/** Whether the relay itself has signed that it sealed this in answer to the request. */
export function isStillGood(
  key: OwnerKey,
  { request }: Pick<SignedStillRequest, 'request'>,
  { sealed, receipt }: StillAnswer,
): Promise<boolean> {
  return isSignedByRelay(key, stillReceiptText({ request, sealed }), receipt);
}

/** Whether the relay itself has signed that this document is in force there. */
export async function isReceiptGood(key: OwnerKey, document: string, receipt: string): Promise<boolean> {
  return isSignedByRelay(key, sharingReceiptText({ relayId: key.relayId, document }), receipt);
}

/** Whether this browser itself has signed a document: what a server shows as such may be made up. */
export async function isOwnDocument(key: OwnerKey, { document, signature }: SignedSharing): Promise<boolean> {
  return isSignedByOwner(key, sharingSignatureContext, fromBase64url(document), signature);
}
