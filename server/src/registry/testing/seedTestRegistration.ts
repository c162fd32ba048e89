import type { Contact, RegistrationDetails, RegistrationState } from '@commonsight/types/registration';
import type { Db } from '../../db/Database.ts';
import { newId } from '../../ids.ts';
import { testPosition } from '../../testing/seed.ts';
import { insertRegistrations } from '../registrationRepository.ts';
import type { RegistryKeys } from '../RegistryKeys.ts';
import { toColumns } from '../sealing.ts';
import { currentTerms, termsVersion } from '../terms.ts';

export const testDetails: RegistrationDetails = {
  kind: 'home',
  placement: 'outdoor',
  address: '17 Secret Lane',
  position: testPosition,
  viewCone: { bearingDegrees: 90, angleDegrees: 75, rangeMetres: 30 },
  covers: ['street', 'entrance'],
  retentionDays: 14,
  recording: 'onMotion',
  clockOffsetSeconds: -30,
};

export const testContact: Contact = {
  name: 'Rosalind Quimby',
  email: 'rosalind.quimby@test.example',
  phone: '+1 555 0100',
};

const consent = { version: termsVersion, hash: currentTerms[0]?.hash ?? '' };

/** What starts a registration in the tests' agency; the proof is still missing. */
export const startedRegistration = {
  agency: 'test-agency',
  ...testDetails,
  contact: testContact,
  language: 'en' as const,
  consent,
};

/** A registration as its record; without keys nothing that is sealed can be read. */
export async function seedTestRegistration(
  db: Db,
  of: {
    agencyId: string;
    keys?: RegistryKeys;
    emailHash?: string;
    state?: Exclude<RegistrationState, 'deleted'>;
    position?: RegistrationDetails['position'];
    pausedUntil?: Date;
    at?: Date;
  },
): Promise<string> {
  const id = newId();
  const at = of.at ?? new Date();
  const wrappedKey = of.keys?.makeWrappedKey(id) ?? 'key';
  const details = { ...testDetails, ...(of.position === undefined ? {} : { position: of.position }) };
  const keys = of.keys ?? { seal: () => 'sealed' };
  await insertRegistrations(db, [
    {
      id,
      agencyId: of.agencyId,
      state: of.state ?? 'active',
      ...toColumns(keys, { id, wrappedKey }, details, testContact),
      wrappedKey,
      emailHash: of.emailHash ?? of.keys?.emailHashOf(testContact.email) ?? id,
      language: 'en',
      pausedUntil: of.pausedUntil ?? null,
      termsVersion: consent.version,
      termsHash: consent.hash,
      consentedAt: at,
      createdAt: at,
      lastConfirmedAt: at,
    },
  ]);
  return id;
}
