import { z } from 'zod';
import { streamHealthSchema } from './health.ts';
import { idSchema } from './ids.ts';
import { positionSchema, viewConeSchema } from './position.ts';
import { sharingModeSchema } from './relay/sharing.ts';
import { streamKindSchema } from './stream-kind.ts';

/** One encoding that a camera offers. Its address is known to the relay alone. */
export const streamSchema = z.object({
  id: idSchema,
  kind: streamKindSchema,
  health: streamHealthSchema,
});

export type Stream = z.infer<typeof streamSchema>;

/** Somebody who watches a camera now, as every other watcher may know. */
export const watcherSchema = z.object({ userId: idSchema, name: z.string() });

export type Watcher = z.infer<typeof watcherSchema>;

export const cameraSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  siteName: z.string(),
  number: z.int().positive(),
  name: z.string(),
  position: positionSchema,
  viewCone: viewConeSchema,
  /** What holds now, as the site's relay told last. */
  sharingMode: sharingModeSchema,
  streams: z.array(streamSchema),
  watchers: z.array(watcherSchema),
});

export type Camera = z.infer<typeof cameraSchema>;
