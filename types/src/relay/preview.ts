import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { idSchema } from '../ids.ts';
import { orderChallengeSchema } from './order.ts';
import { signedEnvelopeSchema } from './signed-envelope.ts';

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
  challenge: orderChallengeSchema,
  cameraId: idSchema,
  kind: streamKindSchema,
  /** The owner was told that police cannot see this camera now, and that its picture leaves the site for the preview. */
  isBeyondSharing: z.boolean(),
});

export type PreviewOrder = z.infer<typeof previewOrderSchema>;

export const signedPreviewOrderSchema = signedEnvelopeSchema('order', 2_000);

export type SignedPreviewOrder = z.infer<typeof signedPreviewOrderSchema>;

export const previewSignatureContext = 'commonsight-preview-v1\n';
