import { z } from 'zod';
import { fromBase64, toBase64 } from '../bytes/bytes.ts';
import { openingSchema } from '../entry/commitments.ts';
import { logEntrySchema } from '../entry/logEntry.ts';
import { plainNameSchema } from '../entry/plainValues.ts';
import { type Hash, hashLength } from '../tree/hashes.ts';

/**
 * The lines of an export, each one JSON value in the one spelling of RFC 8785. Lines, so that both sides stream: whoever
 * writes or checks holds one line at a time, and a damaged line is named by its number.
 */
const hashSchema = z.string().length(toBase64(new Uint8Array(hashLength)).length);
const proofSchema = z.array(hashSchema).max(64);
const countSchema = z.int().nonnegative();
const keySchema = z.string().max(1000);
const noteSchema = z.string().max(200_000);

export const headerLineSchema = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('commonsight-log-export'),
  v: z.literal(1),
  origin: z.string().min(1).max(500),
  /** What the exporter says its keys are. Only keys that the checker has from elsewhere prove anything. */
  logKeys: z.array(keySchema).min(1).max(20),
  witnessKeys: z.array(keySchema).max(1000),
  /** Entries in the log at its last checkpoint, to which everything here is proven. */
  size: countSchema,
  /** Every entry from `from` up to `to`, or those among them that somebody chose. */
  scope: z.strictObject({ kind: z.enum(['every', 'chosen']), from: countSchema, to: countSchema }),
});

/** By growing size, the last one of the header's size. The proof leads from the checkpoint before. */
export const checkpointLineSchema = z.strictObject({
  kind: z.literal('checkpoint'),
  note: noteSchema,
  proof: proofSchema,
});

/** The leaf hashes of up to 256 entries, proven to be in the tree. It stands before the entries, so each is named. */
export const tileLineSchema = z.strictObject({
  kind: z.literal('tile'),
  index: countSchema,
  hashes: z.string().max(11_000),
  proof: proofSchema,
});

/** Erased: nobody has it any more. Withheld: whoever asked for the export may not see it. */
const markerSchema = z.enum(['erased', 'withheld']);

export const entryLineSchema = z.strictObject({
  kind: z.literal('entry'),
  index: countSchema,
  /** Null if what the exporter found there is no entry at all: then the log's storage was changed. */
  entry: logEntrySchema.nullable(),
  /** For each commitment of the entry. */
  openings: z.record(plainNameSchema, z.union([openingSchema, markerSchema])),
});

/** The log's signature over all bytes before this line. */
export const endLineSchema = z.strictObject({
  kind: z.literal('end'),
  entries: countSchema,
  note: noteSchema,
});

export const bundleLineSchema = z.discriminatedUnion('kind', [
  headerLineSchema,
  checkpointLineSchema,
  tileLineSchema,
  entryLineSchema,
  endLineSchema,
]);

export type HeaderLine = z.infer<typeof headerLineSchema>;
export type CheckpointLine = z.infer<typeof checkpointLineSchema>;
export type TileLine = z.infer<typeof tileLineSchema>;
export type EntryLine = z.infer<typeof entryLineSchema>;
export type EndLine = z.infer<typeof endLineSchema>;
export type BundleLine = z.infer<typeof bundleLineSchema>;
export type OpeningOrMarker = EntryLine['openings'][string];

/** Undefined if one is no hash in canonical base64. */
export function readHashTexts(texts: readonly string[]): Hash[] | undefined {
  const hashes: Hash[] = [];
  for (const text of texts) {
    const hash = fromBase64(text);
    if (hash?.length !== hashLength) return undefined;
    hashes.push(hash);
  }
  return hashes;
}

/** What the log signs at the end of an export. No checkpoint reads like it: its second line is no number. */
export function sealText(origin: string, digest: Hash): string {
  return `commonsight-export/v1\norigin ${origin}\n${toBase64(digest)}\n`;
}
