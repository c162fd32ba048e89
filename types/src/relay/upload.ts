import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { idSchema, momentSchema } from '../ids.ts';

/** What an owner's sharing document says about the site's line; without it the relay sends whatever is asked for. */
export const uploadSettingsSchema = z.strictObject({
  /** Kilobits a second that may leave the relay, from a slow DSL line to 100 Gbit/s. */
  mostKilobitsPerSecond: z.int().min(64).max(100_000_000),
});

export type UploadSettings = z.infer<typeof uploadSettingsSchema>;

const kilobitsSchema = z.number().nonnegative();

/** So many of the last refusals a relay remembers. */
export const mostUploadRefusals = 10;

/** How much leaves a relay, against what its owner allows; with what packets cost beside the video. */
export const uploadStateSchema = z.object({
  /** Null: the owner has set no limit. */
  limitKilobitsPerSecond: kilobitsSchema.nullable(),
  /** Measured over the last seconds. */
  sendingKilobitsPerSecond: kilobitsSchema,
  /** What the streams that run are reckoned with: as measured, else as tested, else as is usual. */
  plannedKilobitsPerSecond: kilobitsSchema,
  /** What did not fit or was ended for the limit, the last one first, in words. */
  refused: z
    .array(z.object({ at: momentSchema, cameraId: idSchema, kind: streamKindSchema, message: z.string().max(300) }))
    .max(mostUploadRefusals),
});

export type UploadState = z.infer<typeof uploadStateSchema>;
