import {
  type Contact,
  type OwnRegistration,
  type OwnReveal,
  type RegistrationDetails,
  contactSchema,
} from '@commonsight/types/registration';
import { z } from 'zod';
import type { RegistrationRow } from './registrationRepository.ts';
import type { RegistryKeys } from './RegistryKeys.ts';

/** What is sealed of a registration. The address of a business is public and stands beside. */
const sealedSchema = z.object({ contact: contactSchema, homeAddress: z.string().nullable() });

/** The columns of what a registrant has said, with all that is personal sealed. */
export function toColumns(
  keys: Pick<RegistryKeys, 'seal'>,
  key: { id: string; wrappedKey: string },
  { position, viewCone, address, ...rest }: RegistrationDetails,
  contact: Contact,
) {
  const isHome = rest.kind === 'home';
  const personal: z.infer<typeof sealedSchema> = { contact, homeAddress: isHome ? address : null };
  return {
    ...rest,
    ...position,
    ...viewCone,
    address: isHome ? null : address,
    sealed: keys.seal(key, JSON.stringify(personal)),
  };
}

/** Whom to ask about a registration, and where, opened. */
export function toContact(keys: RegistryKeys, row: RegistrationRow): { contact: Contact; address: string } {
  const { sealed, wrappedKey } = row;
  if (sealed === null || wrappedKey === null) throw new Error('A registration that is not there was asked for.');
  const { contact, homeAddress } = sealedSchema.parse(JSON.parse(keys.open({ id: row.id, wrappedKey }, sealed)));
  return { contact, address: row.address ?? homeAddress ?? '' };
}

/** A registration for its registrant, opened, with what was done with it. */
export function toOwn(keys: RegistryKeys, row: RegistrationRow, reveals: OwnReveal[]): OwnRegistration {
  const { language, state } = row;
  if (language === null || state === 'deleted' || state === 'unverified') {
    throw new Error('A registration that is not there was asked for.');
  }
  return {
    ...unsealed(row),
    ...toContact(keys, row),
    reveals,
    language,
    state,
    pausedUntil: row.pausedUntil?.toISOString() ?? null,
    consent: { version: row.termsVersion, hash: row.termsHash, at: row.consentedAt.toISOString() },
    createdAt: row.createdAt.toISOString(),
  };
}

/** The mail address of a registration. */
export function emailOf(keys: RegistryKeys, row: RegistrationRow): string {
  return toContact(keys, row).contact.email;
}

/** What of a registration is not sealed. */
function unsealed(
  row: RegistrationRow,
): Omit<RegistrationDetails, 'address'> & Pick<OwnRegistration, 'id' | 'lastConfirmedAt'> {
  return {
    id: row.id,
    kind: there(row.kind),
    placement: there(row.placement),
    position: { latitude: there(row.latitude), longitude: there(row.longitude) },
    viewCone: {
      bearingDegrees: there(row.bearingDegrees),
      angleDegrees: there(row.angleDegrees),
      rangeMetres: there(row.rangeMetres),
    },
    covers: there(row.covers),
    retentionDays: row.retentionDays,
    recording: there(row.recording),
    clockOffsetSeconds: there(row.clockOffsetSeconds),
    lastConfirmedAt: row.lastConfirmedAt.toISOString(),
  };
}

/** Only deleted registrations are without these. */
function there<T>(value: T | null): T {
  if (value === null) throw new Error('A deleted registration was asked for.');
  return value;
}
