import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConsentReceipt,
  type RegistrantLanguage,
  type RegistryTerms,
  registrantLanguageSchema,
} from '@commonsight/types/registration';
import { CodedError } from '../errors.ts';

/** Raised with every change of meaning; the files of earlier versions stay, because receipts name them. */
export const termsVersion = 1;

/** The current terms in every language: one file each. */
export const currentTerms: readonly RegistryTerms[] = registrantLanguageSchema.options.map(readTerms);

/** The receipt of an agreement to the current terms; `termsChanged` for any other text. */
export function consentNow(consent: { version: number; hash: string }, now: Date): ConsentReceipt {
  const isCurrent = currentTerms.some(({ version, hash }) => version === consent.version && hash === consent.hash);
  if (!isCurrent) throw new CodedError('termsChanged');
  return { version: consent.version, hash: consent.hash, at: now.toISOString() };
}

function readTerms(language: RegistrantLanguage): RegistryTerms {
  const text = readFileSync(join(import.meta.dirname, 'terms', `${termsVersion}.${language}.txt`), 'utf8');
  return { version: termsVersion, language, text, hash: createHash('sha256').update(text).digest('hex') };
}
