import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that a code can be read out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new code: 50 random bits as two groups of five. */
export function makeEnrolmentCode(): string {
  // Each byte gives five bits: 32 divides 256, so that every letter is equally likely.
  const letters = Array.from(randomBytes(10), (byte) => alphabet[byte % 32]);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

/**
 * How a code is kept. Its 50 bits would not withstand guessing against the hash for ever, but they live for ten
 * minutes and are worth one enrolment.
 */
export function hashEnrolmentCode(code: string): string {
  return createHash('sha256').update(`commonsight-enrolment-v1\n${code}`).digest('base64url');
}
