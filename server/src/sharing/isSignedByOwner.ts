import { createPublicKey, verify } from 'node:crypto';

/** Whether one of these keys (SPKI DER in base64url) has signed the bytes behind the context. */
export function isSignedByOwner(
  signed: { readonly context: string; readonly bytes: Buffer; readonly signature: string },
  ownerKeys: readonly string[],
): boolean {
  const content = Buffer.concat([Buffer.from(signed.context), signed.bytes]);
  const signature = Buffer.from(signed.signature, 'base64url');
  return ownerKeys.some((key) => verify(null, content, toKey(key), signature));
}

function toKey(text: string) {
  return createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
}
