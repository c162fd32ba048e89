import { randomInt } from 'node:crypto';
import type { AuditType } from '@commonsight/types/audit-event';
import {
  type Contact,
  type RegistrationDetails,
  contactSchema,
  registrationDetailsSchema,
} from '@commonsight/types/registration';
import type { Canary } from '@commonsight/types/search';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Act } from '../audit/Audit.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
  type CanaryRow,
  findCanary,
  insertCanary,
  listCanaries,
  listDueCanaries,
  planCanary,
  removeCanary,
  removeWaitingCanary,
  updateCanary,
} from './canaryRepository.ts';
import { newRegistrationRow } from './newRegistrationRow.ts';
import {
  eraseRegistration,
  findRegistryAgency,
  insertRegistrations,
  type RegistrationRow,
  updateRegistration,
} from './registrationRepository.ts';
import { assertWithin, type RegistryParts } from './Registry.ts';
import { currentTerms } from './terms.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long after the step before each is done, at least and at most: nobody sees it follow from the line of its maker. */
const delaysMs = {
  start: [15 * minuteMs, 20 * hourMs],
  verify: [2 * minuteMs, 45 * minuteMs],
  confirm: [hourMs, 9 * dayMs],
} as const satisfies Record<NonNullable<CanaryRow['next']>, readonly [number, number]>;

const sealedSchema = registrationDetailsSchema.extend({ contact: contactSchema });
/** A registrant, as the log knows one; no address is made up. */
const nobody = { kind: 'anonymous', sourceAddress: null } as const;

/**
 * Registrations of nobody, which show who reveals contacts without need. Whoever reads registrations or the log finds them
 * like others: they are started and verified some time after they were made, confirmed when they are asked, and each of
 * it has the line that a registrant's act has.
 */
export class Canaries {
  readonly #parts: Omit<RegistryParts, 'mails'> & { access: Access };

  constructor(parts: Omit<RegistryParts, 'mails'> & { access: Access }) {
    this.#parts = parts;
  }

  async make(actor: Actor, asked: RegistrationDetails & { contact: Contact }): Promise<{ id: string }> {
    const { db, access, keys } = this.#parts;
    const id = newId();
    const { user } = await access.requireAccess(actor, 'registry.administer', {
      auditType: 'registration.canaryMade',
      check: async ({ agencyId }) => {
        const agency = await findRegistryAgency(db, agencyId);
        if (agency === null || agency.area === null) throw new CodedError('notFound', 'This agency keeps no registry.');
        assertWithin(agency.area, asked.position);
      },
      describe: () => ({ details: { canaryId: id } }),
    });
    const now = new Date();
    const wrappedKey = keys.makeWrappedKey(id);
    await insertCanary(db, {
      id,
      agencyId: user.agencyId,
      sealed: keys.seal({ id, wrappedKey }, JSON.stringify(sealedSchema.parse(asked))),
      wrappedKey,
      madeAt: now,
      ...planned('start', now),
    });
    return { id };
  }

  async list(actor: Actor): Promise<Canary[]> {
    const { db, access } = this.#parts;
    const { user } = await access.requireAccess(actor, 'registry.administer', {
      auditType: 'registration.canariesListed',
    });
    return (await listCanaries(db, user.agencyId)).map(({ canary, registration }) => ({
      id: canary.id,
      registrationId: canary.registrationId,
      madeAt: canary.madeAt.toISOString(),
      state: registration?.state ?? 'waiting',
      position: positionOf(registration) ?? this.#open(canary)?.position ?? null,
    }));
  }

  /** What it has become is deleted as its registrant would. */
  async remove(actor: Actor, id: string): Promise<void> {
    const { db, access, audit } = this.#parts;
    const { user } = await access.requireAccess(actor, 'registry.administer', {
      auditType: 'registration.canaryRemoved',
      target: { kind: 'canary', id, find: (agencyId) => findCanary(db, agencyId, id) },
    });
    const { agencyId } = user;
    if (await removeWaitingCanary(db, id)) return;
    // Read only now: the clock may have made a registration of it since.
    const registrationId = (await findCanary(db, agencyId, id))?.registrationId ?? null;
    if (registrationId === null) return;
    await audit.recordAll([actOf('registration.deleted', { agencyId, registrationId })], {
      with: async (tx) => {
        await removeCanary(tx, id);
        await eraseRegistration(tx, { agencyId, id: registrationId }, new Date());
      },
    });
  }

  /** Does what is due. */
  async run(now: Date): Promise<void> {
    for (const canary of await listDueCanaries(this.#parts.db, now)) {
      if (canary.next === 'start') await this.#start(canary, now);
      if (canary.next === 'verify') await this.#verify(canary, now);
      if (canary.next === 'confirm') await this.#confirm(canary, now);
    }
  }

  /** The yearly question, which is mailed to nobody: it is answered before long. */
  async ask(registrationId: string, now: Date): Promise<void> {
    await planCanary(this.#parts.db, registrationId, { ...planned('confirm', now), linkId: newId() });
  }

  async #start(canary: CanaryRow, now: Date): Promise<void> {
    const { audit, keys } = this.#parts;
    const { agencyId } = canary;
    const waiting = this.#open(canary);
    const [consent] = currentTerms;
    if (waiting === null || consent === undefined)
      throw new Error('A canary says nothing, or the registry has no terms.');
    const { contact, ...details } = waiting;
    // Made now: an id tells when it was made, and has to tell the time of its line.
    const id = newId();
    const about = { agencyId, details, contact, emailHash: null, language: consent.language, consent, at: now };
    await audit.recordAll([actOf('registration.started', { agencyId, registrationId: id })], {
      with: async (tx) => {
        await insertRegistrations(tx, [newRegistrationRow(keys, { id, ...about })]);
        const become = { registrationId: id, sealed: null, wrappedKey: null, linkId: newId() };
        await updateCanary(tx, canary.id, { ...become, ...planned('verify', now) });
      },
    });
  }

  async #verify({ id, agencyId, registrationId, linkId }: CanaryRow, now: Date): Promise<void> {
    const opened = { ...actOf('registration.linkOpened', { agencyId, registrationId }), details: { linkId } };
    await this.#parts.audit.recordAll([opened, actOf('registration.verified', { agencyId, registrationId })], {
      with: async (tx) => {
        await changeOf(tx, { agencyId, registrationId }, ['unverified'], { state: 'active', lastConfirmedAt: now });
        await updateCanary(tx, id, done);
      },
    });
  }

  async #confirm({ id, agencyId, registrationId, linkId }: CanaryRow, now: Date): Promise<void> {
    const [consent] = currentTerms;
    if (consent === undefined) throw new Error('The registry has no terms.');
    const opened: Act = {
      type: 'registration.linkOpened',
      outcome: 'done',
      actor: nobody,
      agencyId,
      details: { linkId },
    };
    await this.#parts.audit.recordAll([opened, actOf('registration.confirmed', { agencyId, registrationId })], {
      with: async (tx) => {
        const terms = { termsVersion: consent.version, termsHash: consent.hash };
        const change = { lastConfirmedAt: now, questions: 0, askedAt: null, ...terms };
        await changeOf(tx, { agencyId, registrationId }, ['active'], change);
        await updateCanary(tx, id, done);
      },
    });
  }

  #open({ id, sealed, wrappedKey }: CanaryRow) {
    if (sealed === null || wrappedKey === null) return null;
    return sealedSchema.parse(JSON.parse(this.#parts.keys.open({ id, wrappedKey }, sealed)));
  }
}

const done = { next: null, dueAt: null, linkId: null } satisfies Partial<CanaryRow>;

function planned(next: NonNullable<CanaryRow['next']>, now: Date) {
  const [least, most] = delaysMs[next];
  return { next, dueAt: new Date(now.getTime() + randomInt(least, most)) };
}

function actOf(type: AuditType, of: { agencyId: string; registrationId: string | null }): Act {
  const target = of.registrationId === null ? null : { kind: 'registration' as const, id: of.registrationId };
  return { type, outcome: 'done', actor: nobody, agencyId: of.agencyId, target };
}

async function changeOf(
  tx: Parameters<typeof updateRegistration>[0],
  { agencyId, registrationId }: { agencyId: string; registrationId: string | null },
  from: readonly RegistrationRow['state'][],
  change: Partial<RegistrationRow>,
): Promise<void> {
  if (registrationId !== null) await updateRegistration(tx, { agencyId, id: registrationId }, from, change);
}

function positionOf(row: Pick<RegistrationRow, 'latitude' | 'longitude'> | null) {
  if (row === null || row.latitude === null || row.longitude === null) return null;
  return { latitude: row.latitude, longitude: row.longitude };
}
