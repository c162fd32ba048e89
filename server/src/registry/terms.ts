import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsentReceipt, type RegistryTerms, registrantLanguageSchema } from '@commonsight/types/registration';
import { CodedError } from '../errors.ts';

/** Raised with every change of meaning; the files of earlier versions stay, because receipts name them. */
export const termsVersion = 1;

/** The current terms in every language: one file each. */
export const currentTerms = readTerms(join(import.meta.dirname, 'terms'), termsVersion);

/** The receipt of an agreement to the current terms; `termsChanged` for any other text. */
export function consentNow(consent: { version: number; hash: string }, now: Date): ConsentReceipt {
  return consentTo(currentTerms, consent, now);
}

/** The receipt of an agreement to these terms; `termsChanged` for any other text. */
export function consentTo(
  terms: readonly RegistryTerms[],
  consent: { version: number; hash: string },
  now: Date,
): ConsentReceipt {
  const isCurrent = terms.some(({ version, hash }) => version === consent.version && hash === consent.hash);
  if (!isCurrent) throw new CodedError('termsChanged');
  return { version: consent.version, hash: consent.hash, at: now.toISOString() };
}

/** A version of terms in every language: a file each in the folder. */
export function readTerms(folder: string, version: number): readonly RegistryTerms[] {
  return registrantLanguageSchema.options.map((language) => {
    const text = readFileSync(join(folder, `${version}.${language}.txt`), 'utf8');
    return { version, language, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}
