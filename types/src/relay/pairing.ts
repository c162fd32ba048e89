import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { publicKeySchema } from './enrolment.ts';

/** Crockford's base 32: no I, L, O and U, so that a code can be read out. */
export const pairingSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five signs of five bits each, four times: 100 random bits, which nobody guesses, also with the proof in hand. */
export const pairingGroups = 4;
export const pairingGroupSigns = 5;

/** How long a code is good, and for one try. */
export const pairingCodeMs = 15 * 60 * 1_000;

/** The code as a person types it: small letters, spaces and left-out hyphens are taken, and O, I and L for what they look like. */
export const pairingCodeSchema = z
  .string()
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
  .refine((text) => /^[0-9A-HJKMNP-TV-Z]{20}$/.test(text), 'The code has the form ABCDE-12345-FGHJK-67890.');

const proofSchema = z.base64url().length(43);

/** What the owner's browser says to the relay, through the server, which knows no code. */
export const pairRequestSchema = z.strictObject({
  ownerKey: publicKeySchema,
  /** 16 random bytes or more, in base64url. */
  nonce: z.base64url().min(22).max(100),
  proof: proofSchema,
});

/** What the relay answers: its own key, by which the browser knows its receipts, and that it knows the code as well. */
export const pairResponseSchema = z.strictObject({ relayKey: publicKeySchema, proof: proofSchema });

export type PairRequest = z.infer<typeof pairRequestSchema>;
export type PairResponse = z.infer<typeof pairResponseSchema>;

/** What a pairing is about. All of it is in both proofs. */
export interface PairingTranscript {
  readonly relayId: z.infer<typeof idSchema>;
  readonly ownerKey: string;
  readonly nonce: string;
}

/** The proof of the browser: who knows the code wants this key to be the owner's. */
export function ownerProof(code: string, transcript: PairingTranscript): Promise<string> {
  return prove(code, ['commonsight-pair-owner-v1', transcript.relayId, transcript.ownerKey, transcript.nonce]);
}

/** The proof of the relay: it has taken this key for the owner's, and has itself the key that it names. */
export function relayProof(code: string, transcript: PairingTranscript, relayKey: string): Promise<string> {
  const { relayId, ownerKey, nonce } = transcript;
  return prove(code, ['commonsight-pair-relay-v1', relayId, ownerKey, nonce, relayKey]);
}

/** HMAC-SHA-256 in base64url, under the code in its parsed form. No part holds a line break. */
async function prove(code: string, parts: readonly string[]): Promise<string> {
  const utf8 = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8.encode(code), algorithm, false, ['sign']);
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(parts.join('\n'))));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
