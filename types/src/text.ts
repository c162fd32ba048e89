import { z } from 'zod';

/*
 * Texts that people write. Control characters and halves of surrogate pairs are refused: nobody means them, they let one
 * line pass for two, and PostgreSQL takes neither a NUL in any text nor half a pair in its JSON.
 */
const oneLine = /^[^\p{Cc}\p{Cs}]*$/u;
const severalLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u;
const refusal = 'The text has a character that cannot be kept.';

/** A text of one line, such as a name: without space around it, and not empty. */
export function lineSchema(maximumLength: number) {
  return z.string().trim().min(1).max(maximumLength).regex(oneLine, refusal);
}

/** A text that may have several lines, such as a note: without space around it, and not empty. */
export function linesSchema(maximumLength: number) {
  return z.string().trim().min(1).max(maximumLength).regex(severalLines, refusal);
}

/** A file's text as it is, with the space around it: its bytes are hashed. */
export function fileTextSchema(maximumLength: number) {
  return z
    .string()
    .min(1)
    .max(maximumLength)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t\r])*$/u, refusal);
}
