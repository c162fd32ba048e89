import { z } from 'zod';
import { momentSchema } from './ids.ts';

/** Why a camera gives no usable picture. The relay adds a sentence; no address or password is in it. */
export const cameraFaultSchema = z.enum([
  'notConfigured',
  'unreachable',
  'timedOut',
  'notRtsp',
  'wrongPassword',
  'notFound',
  'refused',
  'h265Only',
  'noH264',
  'bFrames',
  'noPackets',
  'noKeyFrame',
  'connectionLost',
  'maskFailed',
  'maskingFull',
]);

/** A sentence for the tile. */
const messageSchema = z.string().max(300);

export type CameraFault = z.infer<typeof cameraFaultSchema>;

/**
 * Measured condition of one stream on its way from the camera to the SFU.
 * `idle` is not a fault: nobody asked for the stream. A stream with `bFrames` is `degraded`, because it flows.
 */
export const streamHealthSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('connecting'), since: momentSchema }),
  z.object({ state: z.literal('waitingForKeyFrame'), since: momentSchema }),
  z.object({
    state: z.literal('live'),
    since: momentSchema,
    width: z.int().nonnegative(),
    height: z.int().nonnegative(),
    framesPerSecond: z.number().nonnegative(),
  }),
  z.object({ state: z.literal('degraded'), since: momentSchema, fault: cameraFaultSchema, message: messageSchema }),
  z.object({ state: z.literal('stale'), since: momentSchema }),
  z.object({
    state: z.literal('cameraOffline'),
    since: momentSchema,
    fault: cameraFaultSchema,
    message: messageSchema,
    retryAt: momentSchema.nullable(),
  }),
  z.object({ state: z.literal('relayOffline'), since: momentSchema }),
]);

export type StreamHealth = z.infer<typeof streamHealthSchema>;
