import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { concatBytes, fromBase64, toBase64, toUtf8 } from '../bytes/bytes.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { plainValueSchema, type PlainValue } from './plainValues.ts';

/** SHA-256 in hex: binds to a value without showing it. Who has value and salt can show that they are the ones. */
export const commitmentSchema = z.string().regex(/^[0-9a-f]{64}$/);

export type Commitment = z.infer<typeof commitmentSchema>;

const fewestSaltBytes = 16;
const mostSaltBytes = 64;

/** What opens a commitment: kept beside the log and erased with the person's data. Without the salt nobody can guess. */
export const openingSchema = z.strictObject({
  /** Base64. */
  salt: z.string().max(100).refine(isSalt, { error: 'no salt of 16 to 64 bytes in base64' }),
  value: plainValueSchema,
});

export type Opening = z.infer<typeof openingSchema>;

// What stands before the bytes, so that no hash made here serves anywhere else.
const context = toUtf8('commonsight-commitment-v1\n');

export function makeSalt(): Uint8Array {
  return randomBytes(fewestSaltBytes);
}

/** The salt is random, of 16 bytes at least, and used for one value only: a salt used twice shows equal values. */
export function commit(name: string, value: PlainValue, salt: Uint8Array): Commitment {
  if (salt.length < fewestSaltBytes || salt.length > mostSaltBytes) throw new RangeError('A salt has 16 to 64 bytes.');
  return bytesToHex(sha256(concatBytes(context, canonicalBytes([toBase64(salt), name, value]))));
}

export function opens(commitment: Commitment, name: string, value: PlainValue, salt: Uint8Array): boolean {
  return salt.length >= fewestSaltBytes && salt.length <= mostSaltBytes && commit(name, value, salt) === commitment;
}

export function opensWith(commitment: Commitment, name: string, { salt, value }: Opening): boolean {
  const bytes = fromBase64(salt);
  return bytes !== undefined && opens(commitment, name, value, bytes);
}

function isSalt(text: string): boolean {
  const bytes = fromBase64(text);
  return bytes !== undefined && bytes.length >= fewestSaltBytes && bytes.length <= mostSaltBytes;
}
