import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema } from './position.ts';
import { lineSchema, linesSchema } from './text.ts';
import { userSchema } from './user.ts';

/** 1 is the most urgent. */
export const prioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

export type Priority = z.infer<typeof prioritySchema>;

export const dispositionSchema = z.enum(['resolved', 'unfounded', 'duplicate', 'handedOver']);

export type Disposition = z.infer<typeof dispositionSchema>;

export const incidentTitleSchema = lineSchema(120);
export const noteTextSchema = linesSchema(2000);

export const incidentSchema = z.object({
  id: idSchema,
  /** Counted per agency, as people say it: "#2041". */
  number: z.int().positive(),
  title: z.string(),
  priority: prioritySchema,
  position: positionSchema,
  isTraining: z.boolean(),
  openedAt: momentSchema,
  closedAt: momentSchema.nullable(),
  disposition: dispositionSchema.nullable(),
  /** The incident's cameras in the order in which they were added. */
  cameraIds: z.array(idSchema),
  revision: z.int().nonnegative(),
});

export type Incident = z.infer<typeof incidentSchema>;

/** One line of an incident's append-only timeline: a person's note, or the system's line about an act. */
export const timelineEntrySchema = z.object({
  id: idSchema,
  incidentId: idSchema,
  at: momentSchema,
  kind: z.enum(['note', 'system']),
  author: userSchema.nullable(),
  text: z.string(),
});

export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
