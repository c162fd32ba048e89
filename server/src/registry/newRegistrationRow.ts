import type { Contact, RegistrantLanguage, RegistrationDetails } from '@commonsight/types/registration';
import type { registrations } from '../db/schema.ts';
import type { RegistryKeys } from './RegistryKeys.ts';
import { toColumns } from './sealing.ts';

/** The record of a registration that nobody has verified yet, sealed with a key of its own. */
export function newRegistrationRow(
  keys: Pick<RegistryKeys, 'makeWrappedKey' | 'seal'>,
  of: {
    id: string;
    agencyId: string;
    details: RegistrationDetails;
    contact: Contact;
    /** By which the mail address is found again; null for one that nobody may find. */
    emailHash: string | null;
    language: RegistrantLanguage;
    consent: { version: number; hash: string };
    at: Date;
  },
): typeof registrations.$inferInsert {
  const { id, agencyId, details, contact, emailHash, language, consent, at } = of;
  const wrappedKey = keys.makeWrappedKey(id);
  return {
    id,
    agencyId,
    state: 'unverified',
    ...toColumns(keys, { id, wrappedKey }, details, contact),
    wrappedKey,
    emailHash,
    language,
    termsVersion: consent.version,
    termsHash: consent.hash,
    consentedAt: at,
    createdAt: at,
    lastConfirmedAt: at,
  };
}
