import type { ApplicationDetails } from '@commonsight/types/application';
import type { Db } from '../../db/Database.ts';
import { newId } from '../../ids.ts';
import type { RegistryKeys } from '../../registry/RegistryKeys.ts';
import { testPosition } from '../../testing/seed.ts';
import { insertApplication } from '../applicationRepository.ts';
import { applicationTerms, applicationTermsVersion } from '../applicationTerms.ts';
import { sealDetails } from '../sealing.ts';

export const testApplication: ApplicationDetails = {
  kind: 'business',
  name: 'Quimby & Daughters',
  address: '23 Hidden Yard',
  position: testPosition,
  cameraCount: 12,
  contact: { name: 'Rosalind Quimby', email: 'rosalind.quimby@test.example', phone: '+1 555 0100' },
};

const consent = { version: applicationTermsVersion, hash: applicationTerms[0]?.hash ?? '' };

/** What starts an application in the tests' agency; the proof is still missing. */
export const startedApplication = { agency: 'test-agency', ...testApplication, language: 'en' as const, consent };

/** An application as its record. */
export async function seedTestApplication(
  db: Db,
  of: { agencyId: string; keys: RegistryKeys; state?: 'unverified' | 'waiting'; secretHash?: string; at?: Date },
): Promise<string> {
  const id = newId();
  const at = of.at ?? new Date();
  const wrappedKey = of.keys.makeWrappedKey(id);
  await insertApplication(db, {
    id,
    agencyId: of.agencyId,
    state: of.state ?? 'waiting',
    sealed: sealDetails(of.keys, { id, wrappedKey }, testApplication),
    wrappedKey,
    emailHash: of.keys.emailHashOf(testApplication.contact.email),
    language: 'en',
    secretHash: of.secretHash ?? null,
    mailedAt: at,
    termsVersion: consent.version,
    termsHash: consent.hash,
    consentedAt: at,
    createdAt: at,
  });
  return id;
}
