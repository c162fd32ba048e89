import { z } from 'zod';

/** WGS 84, degrees. */
export const positionSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

export type Position = z.infer<typeof positionSchema>;

/** What a camera sees on the map: bearing clockwise from north and opening angle in degrees, range in metres. */
export const viewConeSchema = z.object({
  bearingDegrees: z.number().min(0).lt(360),
  angleDegrees: z.number().gt(0).max(360),
  rangeMetres: z.number().gt(0).max(2000),
});

export type ViewCone = z.infer<typeof viewConeSchema>;
