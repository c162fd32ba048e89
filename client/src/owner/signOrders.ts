import { type FootageOpening, footageOpeningContext, type SignedFootageOpening } from '@commonsight/types/footage';
import { type PushAct, type PushOrder, pushSignatureContext, type SignedPushOrder } from '@commonsight/types/push';
import {
  type AlertAct,
  type AlertOrder,
  alertSignatureContext,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import { type PreviewOrder, previewSignatureContext, type SignedPreviewOrder } from '@commonsight/types/relay/preview';
import { type SharingDocument, sharingSignatureContext, type SignedSharing } from '@commonsight/types/relay/sharing';
import { type SignedStillRequest, type StillRequest, stillSignatureContext } from '@commonsight/types/relay/still';
import {
  type SignedSiteCard,
  type SignedSiteCardReading,
  type SiteCard,
  siteCardReadingContext,
  siteCardSignatureContext,
} from '@commonsight/types/site-card';
import { canonicalBytes } from 'commonsight-verify/entry';
import { toBase64url } from '../encoding/base64url.ts';
import { type OwnerKey, signWith } from './ownerKey.ts';

/** Said when the browser refuses to sign: its storage was damaged, or a private window is over. */
export const cannotSign =
  'This browser could not sign with the key it keeps for this relay. Reload the page; if it happens again, pair this browser anew by a code from the relay.';

export function signDocument(key: OwnerKey, document: SharingDocument): Promise<SignedSharing> {
  return signed(key, 'document', sharingSignatureContext, document);
}

/** An order about the alert, under a challenge that the relay has just given. */
export function signAlertOrder(key: OwnerKey, challenge: string, act: AlertAct): Promise<SignedAlertOrder> {
  const order: AlertOrder = { format: 'commonsight-alert-1', relayId: key.relayId, challenge, act };
  return signed(key, 'order', alertSignatureContext, order);
}

/** What this browser asks about push messages; the server looks at who signed it. */
export function signPushOrder(key: OwnerKey, ask: PushAct): Promise<SignedPushOrder> {
  const order: PushOrder = { format: 'commonsight-push-1', relayId: key.relayId, ask };
  return signed(key, 'order', pushSignatureContext, order);
}

/** An order to see a camera as police get it, under a challenge that the relay has just given. */
export function signPreviewOrder(
  key: OwnerKey,
  wanted: Omit<PreviewOrder, 'format' | 'relayId'>,
): Promise<SignedPreviewOrder> {
  const order: PreviewOrder = { format: 'commonsight-preview-1', relayId: key.relayId, ...wanted };
  return signed(key, 'order', previewSignatureContext, order);
}

export function signStillRequest(key: OwnerKey, request: StillRequest): Promise<SignedStillRequest> {
  return signed(key, 'request', stillSignatureContext, request);
}

export function signSiteCard(key: OwnerKey, card: SiteCard): Promise<SignedSiteCard> {
  return signed(key, 'card', siteCardSignatureContext, card);
}

/** That this browser's owner wants to read the site card now. */
export function signSiteCardReading(key: OwnerKey, at: Date): Promise<SignedSiteCardReading> {
  const reading = {
    format: 'commonsight-site-card-reading-1',
    relayId: key.relayId,
    at: at.toISOString(),
  };
  return signed(key, 'reading', siteCardReadingContext, reading);
}

/** That this browser's owner wants to open a request for footage now. */
export function signFootageOpening(key: OwnerKey, recipientId: string, at: Date): Promise<SignedFootageOpening> {
  const opening: FootageOpening = {
    format: 'commonsight-footage-opening-1',
    relayId: key.relayId,
    recipientId,
    at: at.toISOString(),
  };
  return signed(key, 'opening', footageOpeningContext, opening);
}

/** The envelope of a content: its exact bytes, and this browser's signature over the context and them. */
async function signed<Name extends string>(
  key: OwnerKey,
  name: Name,
  context: string,
  content: unknown,
): Promise<Record<Name | 'signature', string>> {
  const bytes = canonicalBytes(content);
  const envelope = { [name]: toBase64url(bytes), signature: await signWith(key, context, bytes) };
  // TypeScript takes a computed key of a generic type for any string.
  return envelope as Record<Name | 'signature', string>;
}
