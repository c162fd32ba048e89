import {
  type Area,
  type Contact,
  type ConsentReceipt,
  type Proof,
  type RegistrantLanguage,
  type RegistrationDetails,
  type RegistryTerms,
  registrantLinkMinutes,
  verificationHours,
} from '@commonsight/types/registration';
import type { Position } from '@commonsight/types/position';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { slugOf } from '../transparency/slugOf.ts';
import { newRegistrationRow } from './newRegistrationRow.ts';
import type { ProofTasks } from './ProofTasks.ts';
import { insertRegistrations, listKeepingAgencies, listOwn } from './registrationRepository.ts';
import type { RegistryKeys } from './RegistryKeys.ts';
import type { RegistryMails } from './RegistryMails.ts';
import { consentNow, currentTerms } from './terms.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface RegistryParts {
  db: Db;
  audit: Audit;
  keys: RegistryKeys;
  mails: RegistryMails;
}

export interface StartedRegistration extends RegistrationDetails {
  agency: string;
  contact: Contact;
  language: RegistrantLanguage;
  consent: Pick<ConsentReceipt, 'version' | 'hash'>;
  proof: Proof;
}

/** What anybody may ask of the registry. No answer says whether a mail address or a place is known. */
export class Registry {
  readonly #parts: RegistryParts & { tasks: ProofTasks; refusals: Pick<Refusals, 'orRefuse'> };

  constructor(parts: RegistryParts & { tasks: ProofTasks; refusals: Pick<Refusals, 'orRefuse'> }) {
    this.#parts = parts;
  }

  async read(): Promise<{ agencies: { slug: string; name: string; area: Area | null }[]; terms: RegistryTerms[] }> {
    const agencies = await listKeepingAgencies(this.#parts.db);
    return {
      agencies: agencies.map((agency) => ({ slug: slugOf(agency), name: agency.name, area: agency.area })),
      terms: [...currentTerms],
    };
  }

  /** Keeps a registration that is found by nobody until its link is opened. */
  async start(actor: Actor, asked: StartedRegistration): Promise<{ linkExpiresAt: string }> {
    const { db, audit, keys, mails, refusals, tasks } = this.#parts;
    const { agency: slug, contact, language, consent, proof, ...details } = asked;
    const now = new Date();
    const { agency, receipt } = await refusals.orRefuse({ type: 'registration.started', actor }, async () => {
      await tasks.use(proof);
      const found = await this.#findAgency(slug);
      if (found.area === null) throw new CodedError('notFound', 'This agency has closed its registry.');
      assertWithin(found.area, details.position);
      return { agency: found, receipt: consentNow(consent, now) };
    });
    const id = newId();
    const agencyId = agency.id;
    await audit.record({
      type: 'registration.started',
      outcome: 'done',
      actor,
      agencyId,
      target: { kind: 'registration', id },
    });
    const emailHash = keys.emailHashOf(contact.email);
    const expiresAt = new Date(now.getTime() + verificationHours * hourMs);
    await insertRegistrations(db, [
      newRegistrationRow(keys, { id, agencyId, details, contact, emailHash, language, consent: receipt, at: now }),
    ]);
    const mail = { kind: 'verification' as const, agencyId, registrationId: id, emailHash, language, expiresAt };
    mails.later(() => mails.send({ ...mail, email: contact.email }, now));
    return { linkExpiresAt: expiresAt.toISOString() };
  }

  /** Mails a link when there is something that it leads to; looks only after the answer. */
  async mailLink(
    actor: Actor,
    asked: { agency: string; email: string; proof: Proof },
  ): Promise<{ linkExpiresAt: string }> {
    const { db, audit, keys, mails, refusals, tasks } = this.#parts;
    const now = new Date();
    const agency = await refusals.orRefuse({ type: 'registration.linkAsked', actor }, async () => {
      await tasks.use(asked.proof);
      return this.#findAgency(asked.agency);
    });
    const agencyId = agency.id;
    await audit.record({ type: 'registration.linkAsked', outcome: 'done', actor, agencyId });
    const expiresAt = new Date(now.getTime() + registrantLinkMinutes * minuteMs);
    mails.later(async () => {
      const emailHash = keys.emailHashOf(asked.email);
      const own = await listOwn(db, { agencyId, emailHash });
      const language = own.at(-1)?.language ?? null;
      if (language === null) return;
      const mail = { kind: 'link' as const, agencyId, registrationId: null, emailHash, language, expiresAt };
      await mails.send({ ...mail, email: asked.email }, now);
    });
    return { linkExpiresAt: expiresAt.toISOString() };
  }

  async #findAgency(slug: string) {
    const agencies = await listKeepingAgencies(this.#parts.db);
    const agency = agencies.find((one) => slugOf(one) === slug);
    if (agency === undefined) throw new CodedError('notFound', 'There is no such agency with a registry.');
    return agency;
  }
}

/** `outsideArea` unless the position is in the area. */
export function assertWithin({ south, west, north, east }: Area, { latitude, longitude }: Position): void {
  const isWithin = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
  if (!isWithin) throw new CodedError('outsideArea');
}
