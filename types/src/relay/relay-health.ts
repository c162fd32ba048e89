import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { cameraFaultSchema } from '../health.ts';
import { idSchema, momentSchema } from '../ids.ts';
import { uploadStateSchema } from './upload.ts';

/** So many entries of its cameras a relay tells at most. */
export const mostRelayCameras = 1_000;

/** What the relay found when it asked a camera last what it offers (RTSP DESCRIBE, without playing anything). */
const cameraCheckSchema = z.object({
  at: momentSchema,
  /** Null when the camera answered with a stream that browsers show. */
  fault: z.object({ code: cameraFaultSchema, message: z.string().max(300) }).nullable(),
});

const kilobitsSchema = z.number().nonnegative();

/** A camera that the relay has an entry for. No address is in it. */
export const relayCameraSchema = z.object({
  cameraId: idSchema,
  /** It came over the link, and no owner has confirmed it yet: the relay serves no view of it. */
  awaitsOwner: z.boolean(),
  /** The streams that are entered. */
  streams: z.array(streamKindSchema).max(2),
  /** Kilobits a second as its test measured them; null for streams that were not tested before they were kept. */
  tested: z.object({ main: kilobitsSchema.nullable(), sub: kilobitsSchema.nullable() }),
  /** Null before the first check. */
  check: cameraCheckSchema.nullable(),
  /** Whether the relay hears the camera's inputs that begin an alert; left out when none is chosen. */
  alertInput: z.enum(['heard', 'failing']).optional(),
  /** What leaves the relay now of the streams that somebody views, measured as `upload` is: a part of its sum. */
  sending: z.array(z.object({ kind: streamKindSchema, kilobitsPerSecond: kilobitsSchema })).max(2),
});

export type RelayCamera = z.infer<typeof relayCameraSchema>;

/** How a relay and the machine that it runs on are. */
export const relayHealthSchema = z.object({
  at: momentSchema,
  startedAt: momentSchema,
  /** Of the relay with its media worker: busy cores over the last seconds, and memory in megabytes. */
  process: z.object({ busyCores: z.number().nonnegative(), memoryMegabytes: z.number().nonnegative() }),
  machine: z.object({
    cores: z.int().positive(),
    /** Processes that want to run, over the last minute. */
    load: z.number().nonnegative(),
    memoryMegabytes: z.number().nonnegative(),
    freeMemoryMegabytes: z.number().nonnegative(),
  }),
  /** Why the relay's own file of cameras cannot be read; null when it can. */
  camerasFault: z.string().max(300).nullable(),
  cameras: z.array(relayCameraSchema).max(mostRelayCameras),
  /** Null from relays that do not know of a limit. */
  upload: uploadStateSchema.nullable().default(null),
});

export type RelayHealth = z.infer<typeof relayHealthSchema>;
