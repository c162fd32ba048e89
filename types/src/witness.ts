import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';

/** A C2SP verifier key as one line, `name+id+key`. */
export const verifierKeySchema = z.string().min(40).max(500);

/** In characters. */
export const mostNoteLength = 4_000;

/** A checkpoint as a C2SP note with the log's signature, and with one cosignature where it is cosigned. */
export const checkpointNoteSchema = z
  .string()
  .max(mostNoteLength)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, 'A note has no control characters.');

/**
 * What a witness has seen of the log: two histories (`forked`), a past state shown for the present one (`rolledBack`), a
 * signature by no key that it trusts (`otherKey`), hashes that do not lead to what was signed (`unproven`).
 */
export const alarmKindSchema = z.enum(['forked', 'rolledBack', 'otherKey', 'unproven']);

export type AlarmKind = z.infer<typeof alarmKindSchema>;

/** It stands until the relay's owner ends it, at the relay; nobody at the server can. */
export const witnessAlarmSchema = z.object({
  kind: alarmKindSchema,
  since: momentSchema,
  /** The checkpoint that the witness had kept, and what it saw instead. */
  keptSize: z.int().nonnegative(),
  seenSize: z.int().nonnegative().nullable(),
  keptNote: checkpointNoteSchema,
  seenNote: checkpointNoteSchema,
});

export type WitnessAlarm = z.infer<typeof witnessAlarmSchema>;

/** A relay as a witness of its agency's log. */
export const witnessSchema = z.object({
  relayId: idSchema,
  relayName: z.string(),
  siteName: z.string(),
  isOnline: z.boolean(),
  verifierKey: verifierKeySchema,
  /** The last checkpoint that it cosigned. */
  cosigned: z.object({ size: z.int().nonnegative(), at: momentSchema }).nullable(),
  alarm: witnessAlarmSchema.nullable(),
});

export type Witness = z.infer<typeof witnessSchema>;
