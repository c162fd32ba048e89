import { z } from 'zod';
import { mostEntryBytes } from '../tiles/entryBundles.ts';
import { canonicalBytes, parseCanonical } from './canonicalJson.ts';
import { commitmentSchema } from './commitments.ts';
import { plainNameSchema, plainObjectSchema } from './plainValues.ts';

/** Fields of an entry that hold a person's data, and the names under which they are committed to. */
export const personalFields = ['actor', 'sourceAddress'] as const;

const idSchema = z.uuid().regex(/^[0-9a-f-]+$/);
const wordSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,49}$/);

/** One act in the audit log. No value of a person stands in it: those are commitments, whose openings can be erased. */
export const logEntrySchema = z.strictObject({
  v: z.literal(1),
  id: idSchema,
  /** UTC with milliseconds. */
  at: z.iso.datetime({ precision: 3 }),
  type: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/)
    .max(100),
  outcome: z.enum(['done', 'refused']),
  agencyId: idSchema.nullable(),
  actorKind: wordSchema,
  actor: commitmentSchema.nullable(),
  sourceAddress: commitmentSchema.nullable(),
  targetKind: wordSchema.nullable(),
  targetId: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => text.isWellFormed())
    .nullable(),
  grantId: idSchema.nullable(),
  /** Values that anybody may read who reads the log. */
  details: plainObjectSchema,
  /** Further values of persons, each by its name. */
  committed: z.record(
    plainNameSchema.refine((name) => !personalFields.some((field) => field === name), {
      error: 'has a field of its own',
    }),
    commitmentSchema,
  ),
});

export type LogEntry = z.infer<typeof logEntrySchema>;

/** The bytes of the leaf: RFC 8785 JSON. Throws if the entry does not fit its schema or is too long for a tile. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  const bytes = canonicalBytes(logEntrySchema.parse(entry));
  if (bytes.length > mostEntryBytes) throw new RangeError(`An entry of the log has ${mostEntryBytes} bytes at most.`);
  return bytes;
}

/** The entry of a leaf; undefined unless these are the very bytes that `encodeEntry` gives for it. */
export function decodeEntry(bytes: Uint8Array): LogEntry | undefined {
  if (bytes.length > mostEntryBytes) return undefined;
  return parseCanonical(bytes, logEntrySchema);
}

/** Every commitment of an entry by its name. */
export function commitmentsOf(entry: LogEntry): Map<string, string> {
  const commitments = new Map(Object.entries(entry.committed));
  for (const field of personalFields) {
    const commitment = entry[field];
    if (commitment !== null) commitments.set(field, commitment);
  }
  return commitments;
}
