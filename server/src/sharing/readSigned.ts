import { createPublicKey, verify } from 'node:crypto';
import { parseCanonical } from 'commonsight-verify/entry';
import type { z } from 'zod';
import { CodedError } from '../errors.ts';

/** An envelope: the exact bytes that were signed, in base64url, and the signature. */
export interface Envelope {
  readonly content: string;
  readonly signature: string;
}

/** A kind of what owners sign: what stands before its bytes, its form, and what it is called in a refusal. */
export interface SignedForm<Content> {
  readonly context: string;
  readonly schema: z.ZodType<Content>;
  readonly what: string;
}

/** Whose signature counts: the owners' of a relay, as it told their keys (SPKI DER in base64url). */
export interface Signers {
  readonly relayId: string;
  readonly ownerKeys: readonly string[];
}

/**
 * What an owner of the relay has signed for it, and with which key: `notPermitted` for what none of them has, `badRequest` for
 * what is not the canonical JSON of the form. Relays judge again and have the last word. The server looks before anything comes
 * of it, so that who merely has a site's link brings nothing about, and fills the log with nothing that nobody ordered.
 */
export function readSigned<Content extends { relayId: string }>(
  { content, signature }: Envelope,
  { context, schema, what }: SignedForm<Content>,
  { relayId, ownerKeys }: Signers,
): { content: Content; ownerKey: string } {
  const bytes = Buffer.from(content, 'base64url');
  const ownerKey = ownerKeys.find((key) => hasSigned(key, { context, bytes, signature }));
  if (ownerKey === undefined) {
    throw new CodedError(
      'notPermitted',
      `The ${what} is not signed by an owner of this relay. Pair this browser anew.`,
    );
  }
  const read = parseCanonical(bytes, schema);
  if (read === undefined) throw new CodedError('badRequest', `This is no ${what}.`);
  if (read.relayId !== relayId) throw new CodedError('notPermitted', `The ${what} is for another relay.`);
  return { content: read, ownerKey };
}

function hasSigned(ownerKey: string, signed: { context: string; bytes: Buffer; signature: string }): boolean {
  const key = createPublicKey({ key: Buffer.from(ownerKey, 'base64url'), format: 'der', type: 'spki' });
  const content = Buffer.concat([Buffer.from(signed.context), signed.bytes]);
  return verify(null, content, key, Buffer.from(signed.signature, 'base64url'));
}
