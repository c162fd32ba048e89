import { z } from 'zod';
import { momentSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** Numbers below this are withheld: they could say something about one person. */
export const fewestShown = 5;

/** A state of the audit log: the first `size` lines, and the Merkle root over them (RFC 9162, base64). */
export const logHeadSchema = z.object({
  origin: z.string(),
  size: z.int().nonnegative(),
  root: z.string(),
});

export type LogHead = z.infer<typeof logHeadSchema>;

export const figureUnitSchema = z.enum(['count', 'minutes', 'percent', 'seconds']);

export type FigureUnit = z.infer<typeof figureUnitSchema>;

/** One number of a figure; null: withheld, because it or one that follows from it is below `fewestShown`. */
export const figureRowSchema = z.object({
  /** `total`, or what is counted, as the log spells it. */
  key: z.string(),
  name: z.string(),
  value: z.number().nonnegative().nullable(),
});

export type FigureRow = z.infer<typeof figureRowSchema>;

/** Something that is published, with what it means in a sentence. */
export const figureSchema = z.object({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  unit: figureUnitSchema,
  /** `notYetRecorded`: this version of the system does not know the act that is counted, and so claims nothing. */
  state: z.enum(['shown', 'notYetRecorded']),
  rows: z.array(figureRowSchema),
  /** The log that it is computed from; null for what is counted from the records. */
  checkpoint: logHeadSchema.nullable(),
});

export type Figure = z.infer<typeof figureSchema>;

/** What an agency publishes about itself. */
export const transparencyReportSchema = z.object({
  agency: z.object({ slug: z.string(), name: z.string() }),
  /** What the figures cover: from, included, to, excluded. Nothing later is published. */
  period: z.object({ from: momentSchema, to: momentSchema, delayDays: z.number().nonnegative() }),
  checkpoint: logHeadSchema,
  figures: z.array(figureSchema),
  /** The policy pack that the agency goes by: its text as it was given, and the SHA-256 of its bytes. */
  policy: z.object({ name: z.string(), hash: z.string(), text: z.string() }).nullable(),
  /** What the system cannot do, and the test that holds it. */
  faceRecognition: z.object({ statement: z.string(), testFile: z.string(), testName: z.string() }),
});

export type TransparencyReport = z.infer<typeof transparencyReportSchema>;

/** An agency's name in addresses. */
export const agencySlugSchema = lineSchema(120).regex(/^[a-z0-9-]+$/);
