import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { idSchema } from '../ids.ts';
import { encapsulatedKeyBytes, sealingPointSchema } from './camera-entry.ts';
import { signedEnvelopeSchema } from './signed-envelope.ts';

/** What an owner's browser asks of its relay: one picture of a camera as it is, without masks, for the owner alone. */
export const stillRequestSchema = z.strictObject({
  format: z.literal('commonsight-still-1'),
  relayId: idSchema,
  cameraId: idSchema,
  kind: streamKindSchema,
  /** Of a key that the browser has made for this still alone. It is sealed for it, and no request counts twice. */
  sealingPoint: sealingPointSchema,
});

export type StillRequest = z.infer<typeof stillRequestSchema>;

export const signedStillRequestSchema = signedEnvelopeSchema('request', 2_000);

export type SignedStillRequest = z.infer<typeof signedStillRequestSchema>;

export const stillSignatureContext = 'commonsight-still-v1\n';

/** A still is sealed by HPKE as new cameras are, the other way, with this as `info`. */
export function stillInfo({ relayId, cameraId }: Pick<StillRequest, 'relayId' | 'cameraId'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`commonsight-still-v1\n${relayId}\n${cameraId}`);
}

/** Of the JPEG: with what is added on its way it fits into a message of the relay link. */
export const longestStillBytes = 400_000;
const sealBytes = encapsulatedKeyBytes + 16;

/** The encapsulated key and the sealed JPEG, one behind the other. */
export const sealedStillSchema = z
  .base64url()
  .min(120)
  .max(Math.ceil(((longestStillBytes + sealBytes) * 4) / 3));

/** `receipt`: the relay's signature (Ed25519, device key, base64url) over `stillReceiptText`. */
export const stillAnswerSchema = z.strictObject({ sealed: sealedStillSchema, receipt: z.base64url().max(200) });

export type StillAnswer = z.infer<typeof stillAnswerSchema>;

/** What the relay signs: anybody can seal a picture for a point that a server carries, and only the relay can sign it. */
export function stillReceiptText({ request, sealed }: { request: string; sealed: string }): string {
  return `commonsight-still-receipt-v1\n${request}\n${sealed}`;
}
