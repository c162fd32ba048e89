import { z } from 'zod';
import { momentSchema } from './ids.ts';
import { linesSchema } from './text.ts';
import { isTimeZone } from './time-zone.ts';
import { userSchema } from './user.ts';
import { viewingSchema } from './viewing.ts';

/**
 * What made a viewing stand out. A flag is a question to a reviewer and proves nothing: most of them have an answer.
 *
 * - `outOfShift`: it began outside of the user's working hours.
 * - `burst`: one camera after another, many within minutes.
 * - `sameCameraManyDays`: the same camera on many days, while nothing happened in the incident.
 * - `longDwell`: looked at far longer than the purpose explains, while nothing happened in the incident.
 * - `reusedIncident`: an old, quiet incident stands for cameras that lie far from it.
 * - `twoPlaces`: the user's account was active from two networks at the same time.
 * - `genericNotes`: what is written about the incident says nothing.
 */
export const flagKindSchema = z.enum([
  'outOfShift',
  'burst',
  'sameCameraManyDays',
  'longDwell',
  'reusedIncident',
  'twoPlaces',
  'genericNotes',
]);

export type FlagKind = z.infer<typeof flagKindSchema>;

/** `reason` is the sentence that a reviewer reads: the figures behind the flag. */
export const flagSchema = z.object({ kind: flagKindSchema, reason: z.string(), foundAt: momentSchema });

export type Flag = z.infer<typeof flagSchema>;

/** How a review was closed: all is well, a talk with the user, or handed to whoever looks into misuse. */
export const reviewFindingSchema = z.enum(['justified', 'coaching', 'refer']);

export type ReviewFinding = z.infer<typeof reviewFindingSchema>;

export const reviewNoteSchema = linesSchema(2000);

/** A viewing that somebody has to judge, because it was flagged or drawn by chance. */
export const reviewSchema = z.object({
  viewing: viewingSchema,
  /** Of the viewing; null while it runs, and when the SFU host could not say. */
  bytes: z.int().nonnegative().nullable(),
  origin: z.enum(['flagged', 'sampled']),
  flags: z.array(flagSchema),
  openedAt: momentSchema,
  /** Whether the viewing has ended and every flag has been looked for: only then it can be judged. */
  isReady: z.boolean(),
  closed: z
    .object({ at: momentSchema, by: userSchema, finding: reviewFindingSchema, note: reviewNoteSchema })
    .nullable(),
});

export type Review = z.infer<typeof reviewSchema>;

const minuteOfDaySchema = z
  .int()
  .min(0)
  .max(24 * 60 - 1);

/** A user's working hours. An end before the start, or the same, is on the next day. */
export const shiftSchema = z.object({
  timeZone: z.string().max(60).refine(isTimeZone, { error: 'is no time zone' }),
  /** The days on which it starts: 1 is Monday, 7 is Sunday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  startMinute: minuteOfDaySchema,
  endMinute: minuteOfDaySchema,
});

export type Shift = z.infer<typeof shiftSchema>;
