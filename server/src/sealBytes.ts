import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** By so much what is sealed is longer. */
export const sealBytesOver = ivBytes + tagBytes;

/**
 * Seals bytes with AES-256-GCM: a random nonce, what is sealed, the tag. `about` is authenticated too, so that nothing sealed
 * can be taken for something else. A key is good for 2^32 of them.
 */
export function sealBytes(key: Buffer, about: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** A key of its own for each use (HKDF-SHA-256): what is derived for another use opens nothing of it. */
export function deriveKey(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', use, keyBytes));
}

/** Throws when the bytes were sealed with another key or about something else, or were changed since. */
export function openBytes(key: Buffer, about: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
}
