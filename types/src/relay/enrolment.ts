import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import { lineSchema } from '../text.ts';
import { verifierKeySchema } from '../witness.ts';

/** Ed25519 public key as SPKI DER in base64url. */
export const publicKeySchema = z.base64url().min(40).max(200);

/** 50 random bits as the administrator reads them out: two groups of five in Crockford's base 32. */
export const enrolmentCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/, 'The code has the form ABCDE-12345.');

export const createdCodeSchema = z.object({ code: enrolmentCodeSchema, expiresAt: momentSchema });

export const enrolRequestSchema = z.object({
  code: enrolmentCodeSchema,
  publicKey: publicKeySchema,
  name: lineSchema(80),
});

export const enrolResponseSchema = z.object({
  relayId: idSchema,
  siteId: idSchema,
  siteName: z.string(),
  /** Signs grants; the relay pins it. */
  serverPublicKey: publicKeySchema,
  /** Signs the agency's audit log; the relay pins it as a witness. Missing from servers of an earlier version. */
  logKey: verifierKeySchema.optional(),
});

export const challengeRequestSchema = z.object({ relayId: idSchema });
export const challengeResponseSchema = z.object({ nonce: z.string().min(20).max(100) });

/** What a relay sends in `auth` when it opens the relay link: the nonce of a fresh challenge, signed. */
export const relayHelloSchema = z.object({
  relayId: idSchema,
  nonce: z.string().min(20).max(100),
  signature: z.string().max(200),
});

export type RelayHello = z.infer<typeof relayHelloSchema>;

/**
 * The text that a relay signs (Ed25519, UTF-8) to prove its key: context, relay, nonce, and the server key that it
 * pinned at enrolment, so that a proof made for one server is worth nothing at another.
 */
export function relayHelloText(hello: { relayId: string; nonce: string; serverPublicKey: string }): string {
  return `commonsight-relay-hello-v1\n${hello.relayId}\n${hello.nonce}\n${hello.serverPublicKey}`;
}
