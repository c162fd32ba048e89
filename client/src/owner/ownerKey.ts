import { fromBase64url, toBase64url } from '../encoding/base64url.ts';
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

/** A signature of this browser's key over the bytes behind a context, in base64url. */
export async function signWith(key: OwnerKey, context: string, bytes: Uint8Array): Promise<string> {
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, withContext(context, bytes));
  return toBase64url(new Uint8Array(signature));
}

/** Whether `signWith` of this browser has made a signature. Throws for what is no base64url. */
export async function isSignedByOwner(
  key: OwnerKey,
  context: string,
  bytes: Uint8Array,
  signature: string,
): Promise<boolean> {
  const ownKey = await publicKeyOf(key.publicKey);
  return crypto.subtle.verify(algorithm, ownKey, fromBase64url(signature), withContext(context, bytes));
}

/** Whether the relay's key, as this browser got it by pairing, has signed a text. Throws for what is no base64url. */
export async function isSignedByRelay(key: OwnerKey, text: string, signature: string): Promise<boolean> {
  const relayKey = await publicKeyOf(key.relayKey);
  return crypto.subtle.verify(algorithm, relayKey, fromBase64url(signature), new TextEncoder().encode(text));
}

function publicKeyOf(spki: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', fromBase64url(spki), algorithm, false, ['verify']);
}

function withContext(words: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const context = new TextEncoder().encode(words);
  const all = new Uint8Array(context.length + bytes.length);
  all.set(context);
  all.set(bytes, context.length);
  return all;
}
