import {
  type ApplicationDetails,
  applicationDetailsSchema,
  type OwnApplication,
  type ReceivedApplication,
} from '@commonsight/types/application';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { type ApplicationRow, erasedBy } from './applicationRepository.ts';

/** All that an applicant has said, sealed with the application's own key. */
export function sealDetails(
  keys: Pick<RegistryKeys, 'seal'>,
  key: { id: string; wrappedKey: string },
  details: ApplicationDetails,
): string {
  return keys.seal(key, JSON.stringify(details));
}

/** What an applicant has said; null when it is erased. */
export function openDetails(keys: Pick<RegistryKeys, 'open'>, row: ApplicationRow): ApplicationDetails | null {
  const { id, sealed, wrappedKey } = row;
  if (sealed === null || wrappedKey === null) return null;
  return applicationDetailsSchema.parse(JSON.parse(keys.open({ id, wrappedKey }, sealed)));
}

/** An application for administrators, opened. */
export function toReceived(keys: Pick<RegistryKeys, 'open'>, row: ApplicationRow): ReceivedApplication {
  const { id, state, language, siteId, toldAt, createdAt } = row;
  const details = openDetails(keys, row);
  if (details === null || language === null || (state !== 'waiting' && state !== 'approved')) {
    throw new Error('An application that is not there was asked for.');
  }
  return {
    ...details,
    id,
    state,
    language,
    siteId,
    isMailed: toldAt !== null,
    appliedAt: createdAt.toISOString(),
    erasedBy: erasedBy(row).toISOString(),
  };
}

/** An application for who has its link. Whom to ask is not among it: a link may be forwarded. */
export function toOwn(keys: Pick<RegistryKeys, 'open'>, row: ApplicationRow, agencyName: string): OwnApplication {
  const { id, state, reason, createdAt } = row;
  if (state === 'unverified' || state === 'withdrawn' || state === 'expired') {
    throw new Error('An application that is not there was asked for.');
  }
  return {
    id,
    state,
    agencyName,
    name: openDetails(keys, row)?.name ?? null,
    reason,
    consent: { version: row.termsVersion, hash: row.termsHash, at: row.consentedAt.toISOString() },
    appliedAt: createdAt.toISOString(),
    erasedBy: erasedBy(row).toISOString(),
  };
}
