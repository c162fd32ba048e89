import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { linesSchema } from './text.ts';
import { userSchema } from './user.ts';

export const findingNoteSchema = linesSchema(4_000).min(10);

/** What an auditor notes about entries of the audit log, until it is closed with what came of it. */
export const findingSchema = z.object({
  id: idSchema,
  state: z.enum(['open', 'closed']),
  /** The entries that it is about, as they are counted in the agency's log. */
  sequences: z.array(z.int().positive()).min(1),
  note: z.string(),
  /** Null: the system, about a canary. */
  createdBy: userSchema.nullable(),
  createdAt: momentSchema,
  closedBy: userSchema.nullable(),
  closedAt: momentSchema.nullable(),
  outcome: z.string().nullable(),
});

export type Finding = z.infer<typeof findingSchema>;
