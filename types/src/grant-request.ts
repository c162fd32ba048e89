import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { purposeSchema } from './purpose.ts';
import { linesSchema } from './text.ts';
import { userSchema } from './user.ts';

/** What a person writes beside an act, for those who review it: a case number, a reason. */
export const reviewNoteSchema = linesSchema(500);

/** A grant that has to be approved before it exists. A request that nobody answers in time is `timedOut`: that is a no. */
export const grantRequestSchema = z.object({
  id: idSchema,
  state: z.enum(['requested', 'approved', 'denied', 'timedOut', 'withdrawn']),
  user: userSchema,
  incidentId: idSchema,
  incidentNumber: z.int().positive(),
  incidentTitle: z.string(),
  purpose: purposeSchema,
  cameraIds: z.array(idSchema),
  note: z.string(),
  requestedAt: momentSchema,
  expiresAt: momentSchema,
  /** Null while it waits, and when nobody decided. */
  decidedBy: userSchema.nullable(),
  decidedAt: momentSchema.nullable(),
  decisionNote: z.string().nullable(),
  /** The grant that the approval made, or widened. */
  grantId: idSchema.nullable(),
});

export type GrantRequest = z.infer<typeof grantRequestSchema>;

/** A justification says what happened; one word does not. */
export const justificationSchema = linesSchema(4_000).min(20);

/**
 * One use of break-glass: a grant without the approval that its purpose needs. `open` until its justification is
 * written, `overdue` when that is late, `justified` afterwards, late or not.
 */
export const breakGlassSchema = z.object({
  /** The grant's own id. */
  id: idSchema,
  state: z.enum(['open', 'overdue', 'justified']),
  user: userSchema,
  incidentId: idSchema,
  incidentNumber: z.int().positive(),
  incidentTitle: z.string(),
  purpose: purposeSchema,
  cameraIds: z.array(idSchema),
  startedAt: momentSchema,
  endsAt: momentSchema,
  endedAt: momentSchema.nullable(),
  dueAt: momentSchema,
  justification: z.string().nullable(),
  justifiedAt: momentSchema.nullable(),
});

export type BreakGlass = z.infer<typeof breakGlassSchema>;

/** What proves that it is the user who sits there, now. */
export const reauthenticationSchema = z.discriminatedUnion('factor', [
  z.object({ factor: z.literal('password'), password: z.string().min(1).max(128) }),
  z.object({ factor: z.literal('totp'), code: z.string().regex(/^[0-9]{6}$/) }),
]);

export type Reauthentication = z.infer<typeof reauthenticationSchema>;
