import type { ConsentReceipt } from '@commonsight/types/registration';
import { consentTo, readTerms } from '../registry/terms.ts';

/** Raised with every change of meaning; the files of earlier versions stay, because receipts name them. */
export const applicationTermsVersion = 1;

/** What applicants agree to, in every language: one file each. */
export const applicationTerms = readTerms('applications', applicationTermsVersion);

/** The receipt of an agreement to them; `termsChanged` for any other text. */
export function consentToApplying(consent: Pick<ConsentReceipt, 'version' | 'hash'>, now: Date): ConsentReceipt {
  return consentTo(applicationTerms, consent, now);
}
