import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { layoutSchema, maximumSlots } from './layout.ts';

export const screenNumberSchema = z.int().min(1).max(8);
export const slotSchema = z.int().min(1).max(maximumSlots);

/**
 * One cell's content with an identity of its own: moving a tile changes its slot and keeps its id, so that its picture
 * goes on. `incidentId` puts the tile into that incident's tile group.
 */
export const tileSchema = z.object({
  id: idSchema,
  slot: slotSchema,
  cameraId: idSchema,
  incidentId: idSchema.nullable(),
});

export type Tile = z.infer<typeof tileSchema>;

export const screenSchema = z.object({
  number: screenNumberSchema,
  layout: layoutSchema,
  tiles: z.array(tileSchema),
});

export type Screen = z.infer<typeof screenSchema>;

/** A wall with everything on it. `revision` grows by one with every change, so that a gap shows a lost notification. */
export const wallSchema = z.object({
  id: idSchema,
  name: z.string(),
  incidentId: idSchema.nullable(),
  revision: z.int().nonnegative(),
  screens: z.array(screenSchema),
});

export type Wall = z.infer<typeof wallSchema>;

export const wallSummarySchema = wallSchema.pick({ id: true, name: true, incidentId: true }).extend({
  screenCount: z.int().positive(),
  changedAt: momentSchema,
});

export type WallSummary = z.infer<typeof wallSummarySchema>;
