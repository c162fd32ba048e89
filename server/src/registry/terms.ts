import { createHash } from 'node:crypto';
import { type ConsentReceipt, type RegistryTerms, registrantLanguageSchema } from '@commonsight/types/registration';
import { CodedError } from '../errors.ts';
import { readLanguageFile } from '../languages/readLanguageFile.ts';

/** Raised with every change of meaning; the files of earlier versions stay, because receipts name them. */
export const termsVersion = 1;

/** The current terms in every language: one file each. */
export const currentTerms = readTerms('registry', termsVersion);

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

/** A version of a room's terms in every language: a file each. */
export function readTerms(room: string, version: number): readonly RegistryTerms[] {
  return registrantLanguageSchema.options.map((language) => {
    const text = readLanguageFile(language, `${room}-terms-${version}.txt`);
    return { version, language, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}
