import { z } from 'zod';
import { cameraSchema } from './camera.ts';
import { momentSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** A part of a site's cameras, such as its entrances, by the name that the administrator gave it. */
export const sectionSchema = lineSchema(40);

/** Kilobits a second that a site's line carries upwards, as its contract says: from a slow DSL line to 100 Gbit/s. */
export const uplinkKilobitsSchema = z.int().min(64).max(100_000_000);

/** So many cameras are confirmed by one request. */
export const mostConfirmedAtOnce = 500;

/** A camera as the administrator of its site sees it. */
export const siteCameraSchema = cameraSchema.extend({
  section: z.string().nullable(),
  /** When the agency confirmed it; null: nobody sees it yet. */
  confirmedAt: momentSchema.nullable(),
});

export type SiteCamera = z.infer<typeof siteCameraSchema>;
