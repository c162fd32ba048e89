// What `commonsight-verify/entry` gives: the lines of the audit log, and how they bind to values without showing them.
export { canonicalBytes, canonicalText, parseCanonical } from './canonicalJson.ts';
export {
  commit,
  type Commitment,
  commitmentSchema,
  makeSalt,
  type Opening,
  openingSchema,
  opens,
  opensWith,
} from './commitments.ts';
export { commitmentsOf, decodeEntry, encodeEntry, type LogEntry, logEntrySchema, personalFields } from './logEntry.ts';
export { plainObjectSchema, type PlainValue, plainValueSchema } from './plainValues.ts';
export { type OpenEntry, type SealedEntry, sealEntry } from './sealEntry.ts';
