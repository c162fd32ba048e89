import { type PushAct, type PushOrder, pushSignatureContext, type SignedPushOrder } from '@commonsight/types/push';
import {
  type AlertAct,
  type AlertOrder,
  alertReceiptText,
  alertSignatureContext,
  type AlertState,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import { type PreviewOrder, previewSignatureContext, type SignedPreviewOrder } from '@commonsight/types/relay/preview';
import {
  type SignedStillRequest,
  type StillAnswer,
  type StillRequest,
  stillReceiptText,
  stillSignatureContext,
} from '@commonsight/types/relay/still';
import {
  type SharingDocument,
  sharingReceiptText,
  sharingSignatureContext,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import {
  type SignedSiteCard,
  type SignedSiteCardReading,
  type SiteCard,
  siteCardReadingContext,
  siteCardSignatureContext,
} from '@commonsight/types/site-card';
import { canonicalBytes } from 'commonsight-verify/entry';
import { fromBase64url, toBase64url } from './base64url.ts';
import { openStore } from './openStore.ts';

/** What this browser keeps of one relay: a key that it can use and nobody can read, and the key of the relay. */
export interface OwnerKey {
  readonly relayId: string;
  readonly privateKey: CryptoKey;
  /** SPKI DER in base64url, as is the relay's. */
  readonly publicKey: string;
  readonly relayKey: string;
}

const inStore = openStore('commonsight-owner', 'keys', 'relayId');
const algorithm = { name: 'Ed25519' };

export const noKeysHere =
  'This browser cannot keep an owner’s key. Use a current Chrome, Edge, Firefox or Safari, over https, and not in a private window.';

/** A new key pair; its private half never leaves the browser, also not for this page. Throws where there are no such keys. */
export async function makeKeyPair(): Promise<{ privateKey: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error(noKeysHere);
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: toBase64url(new Uint8Array(spki)) };
}

export async function readOwnerKey(relayId: string): Promise<OwnerKey | null> {
  const found: unknown = await inStore('readonly', (store) => store.get(relayId));
  return (found as OwnerKey | undefined) ?? null;
}

export async function keepOwnerKey(key: OwnerKey): Promise<void> {
  await inStore('readwrite', (store) => store.put(key));
}

export async function signDocument(key: OwnerKey, document: SharingDocument): Promise<SignedSharing> {
  const bytes = canonicalBytes(document);
  return { document: toBase64url(bytes), signature: await signWith(key, sharingSignatureContext, bytes) };
}

/** An order about the alert, under a challenge that the relay has just given. */
export async function signAlertOrder(key: OwnerKey, challenge: string, act: AlertAct): Promise<SignedAlertOrder> {
  const order: AlertOrder = { format: 'commonsight-alert-1', relayId: key.relayId, challenge, act };
  const bytes = canonicalBytes(order);
  return { order: toBase64url(bytes), signature: await signWith(key, alertSignatureContext, bytes) };
}

/** What this browser asks about push messages; the server looks at who signed it. */
export async function signPushOrder(key: OwnerKey, ask: PushAct): Promise<SignedPushOrder> {
  const order: PushOrder = { format: 'commonsight-push-1', relayId: key.relayId, ask };
  const bytes = canonicalBytes(order);
  return { order: toBase64url(bytes), signature: await signWith(key, pushSignatureContext, bytes) };
}

/** An order to see a camera as police get it, under a challenge that the relay has just given. */
export async function signPreviewOrder(
  key: OwnerKey,
  wanted: Pick<PreviewOrder, 'challenge' | 'cameraId' | 'kind' | 'isBeyondSharing'>,
): Promise<SignedPreviewOrder> {
  const { challenge, cameraId, kind, isBeyondSharing } = wanted;
  const order: PreviewOrder = {
    format: 'commonsight-preview-1',
    relayId: key.relayId,
    challenge,
    cameraId,
    kind,
    isBeyondSharing,
  };
  const bytes = canonicalBytes(order);
  return { order: toBase64url(bytes), signature: await signWith(key, previewSignatureContext, bytes) };
}

export async function signSiteCard(key: OwnerKey, card: SiteCard): Promise<SignedSiteCard> {
  const bytes = canonicalBytes(card);
  return { card: toBase64url(bytes), signature: await signWith(key, siteCardSignatureContext, bytes) };
}

/** That this browser's owner wants to read the site card now. */
export async function signSiteCardReading(key: OwnerKey, at: Date): Promise<SignedSiteCardReading> {
  const bytes = canonicalBytes({
    format: 'commonsight-site-card-reading-1',
    relayId: key.relayId,
    at: at.toISOString(),
  });
  return { reading: toBase64url(bytes), signature: await signWith(key, siteCardReadingContext, bytes) };
}

/** Whether the relay itself has signed that it took the order, and what came of it. */
export function isAlertReceiptGood(
  key: OwnerKey,
  of: { order: string; alert: AlertState | null },
  receipt: string,
): Promise<boolean> {
  return isSignedByRelay(key, alertReceiptText({ relayId: key.relayId, ...of }), receipt);
}

export async function signStillRequest(key: OwnerKey, request: StillRequest): Promise<SignedStillRequest> {
  const bytes = canonicalBytes(request);
  return { request: toBase64url(bytes), signature: await signWith(key, stillSignatureContext, bytes) };
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
  const ownKey = await crypto.subtle.importKey('spki', fromBase64url(key.publicKey), algorithm, false, ['verify']);
  const content = withContext(sharingSignatureContext, fromBase64url(document));
  return crypto.subtle.verify(algorithm, ownKey, fromBase64url(signature), content);
}

async function isSignedByRelay(key: OwnerKey, text: string, signature: string): Promise<boolean> {
  const relayKey = await crypto.subtle.importKey('spki', fromBase64url(key.relayKey), algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, relayKey, fromBase64url(signature), new TextEncoder().encode(text));
}

async function signWith(key: OwnerKey, context: string, bytes: Uint8Array): Promise<string> {
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, withContext(context, bytes));
  return toBase64url(new Uint8Array(signature));
}

function withContext(words: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const context = new TextEncoder().encode(words);
  const all = new Uint8Array(context.length + bytes.length);
  all.set(context);
  all.set(bytes, context.length);
  return all;
}
