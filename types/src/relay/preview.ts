import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { idSchema } from '../ids.ts';
import { alertChallengeSchema } from './alert.ts';

/** A preview ends by itself after this time, by the relay's monotonic clock, and by the server's and the SFU host's. */
export const previewMs = 180_000;

/** The page says that it is still there this often; without a word for three times as long the preview ends. */
export const previewKeepMs = 3_000;

/**
 * What an owner's browser signs to see a camera as police get it: the owner's word for this camera and these minutes, for which
 * there is no grant.
 */
export const previewOrderSchema = z.strictObject({
  format: z.literal('commonsight-preview-1'),
  relayId: idSchema,
  /** Of `preview:prepare`; good for one order and some seconds. */
  challenge: alertChallengeSchema,
  cameraId: idSchema,
  kind: streamKindSchema,
  /** The owner was told that police cannot see this camera now, and that its picture leaves the site for the preview. */
  isBeyondSharing: z.boolean(),
});

export type PreviewOrder = z.infer<typeof previewOrderSchema>;

/** The order as the exact bytes that were signed: base64url of canonical JSON, and an owner's Ed25519 signature. */
export const signedPreviewOrderSchema = z.strictObject({
  order: z.base64url().min(1).max(2_000),
  signature: z.base64url().max(200),
});

export type SignedPreviewOrder = z.infer<typeof signedPreviewOrderSchema>;

/** What stands before the order's bytes in the signed bytes. */
export const previewSignatureContext = 'commonsight-preview-v1\n';
