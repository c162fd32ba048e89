import type { ApplicationDetails, OwnApplication, WithdrawalReceipt } from '@commonsight/types/application';
import type { AuditType } from '@commonsight/types/audit-event';
import type { Area, ConsentReceipt, Proof, RegistrantLanguage, RegistryTerms } from '@commonsight/types/registration';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { ProofTasks } from '../registry/ProofTasks.ts';
import { findRegistryAgency, listRegistryAgencies } from '../registry/registrationRepository.ts';
import { assertWithin } from '../registry/Registry.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { hashOfSecret } from '../secrets.ts';
import { slugOf } from '../transparency/slugOf.ts';
import type { ApplicationMails } from './ApplicationMails.ts';
import {
  type ApplicationRow,
  erased,
  findLinked,
  insertApplication,
  updateApplication,
  verifyBy,
} from './applicationRepository.ts';
import { applicationTerms, consentToApplying } from './applicationTerms.ts';
import { sealDetails, toOwn } from './sealing.ts';

/** An opened link is looked at again and again. */
const lineEveryMs = 60 * 60_000;

export interface ApplicationParts {
  db: Db;
  audit: Audit;
  keys: RegistryKeys;
  mails: ApplicationMails;
}

export interface StartedApplication extends ApplicationDetails {
  agency: string;
  language: RegistrantLanguage;
  consent: Pick<ConsentReceipt, 'version' | 'hash'>;
  proof: Proof;
}

/** What anybody may ask about sharing live video. No answer says whether a mail address or a place is known. */
export class Applications {
  readonly #parts: ApplicationParts & { tasks: ProofTasks; refusals: Refusals };

  constructor(parts: ApplicationParts & { tasks: ProofTasks; refusals: Refusals }) {
    this.#parts = parts;
  }

  /** Agencies take applications where they take registrations. */
  async readForm(): Promise<{ agencies: { slug: string; name: string; area: Area }[]; terms: RegistryTerms[] }> {
    const agencies = await listRegistryAgencies(this.#parts.db);
    return {
      agencies: agencies.flatMap((agency) =>
        agency.area === null ? [] : [{ slug: slugOf(agency), name: agency.name, area: agency.area }],
      ),
      terms: [...applicationTerms],
    };
  }

  /** Keeps an application that nobody at the agency sees until its link is opened. */
  async start(actor: Actor, asked: StartedApplication): Promise<{ linkExpiresAt: string }> {
    const { db, audit, keys, mails, refusals, tasks } = this.#parts;
    const { agency: slug, language, consent, proof, ...details } = asked;
    const type = 'application.started';
    const now = new Date();
    const { agencyId, receipt } = await refusals.orRefuse({ type, actor }, async () => {
      await tasks.use(proof);
      const agencies = await listRegistryAgencies(db);
      const agency = agencies.find((one) => slugOf(one) === slug);
      if (agency === undefined || agency.area === null) {
        throw new CodedError('notFound', 'There is no such agency that takes applications.');
      }
      assertWithin(agency.area, details.position);
      return { agencyId: agency.id, receipt: consentToApplying(consent, now) };
    });
    const id = newId();
    await audit.record({ type, outcome: 'done', actor, agencyId, target: { kind: 'application', id } });
    const wrappedKey = keys.makeWrappedKey(id);
    await insertApplication(db, {
      id,
      agencyId,
      state: 'unverified',
      sealed: sealDetails(keys, { id, wrappedKey }, details),
      wrappedKey,
      emailHash: keys.emailHashOf(details.contact.email),
      language,
      termsVersion: receipt.version,
      termsHash: receipt.hash,
      consentedAt: now,
      createdAt: now,
    });
    mails.later(() => mails.sendLink(id, now));
    return { linkExpiresAt: verifyBy({ createdAt: now }).toISOString() };
  }

  /**
   * What a mailed link shows; the first time it proves the mail address, and the application waits for the agency. The link
   * goes on to open it, and who has it must not fill the log: one line an hour.
   */
  async open(actor: Actor, secret: string): Promise<OwnApplication> {
    const { db, audit, keys } = this.#parts;
    const found = await this.#find(actor, 'application.opened', secret);
    const { id, agencyId } = found;
    const done = { outcome: 'done' as const, actor, agencyId, target: { kind: 'application' as const, id } };
    const now = new Date();
    if (found.state === 'unverified') {
      // Of two openings at once one proves it.
      await audit.recordOnce({ type: 'application.verified', ...done }, (tx) =>
        updateApplication(tx, found, ['unverified'], { state: 'waiting' }),
      );
    }
    if (found.openedAt === null || now.getTime() - found.openedAt.getTime() >= lineEveryMs) {
      await audit.record({ type: 'application.opened', ...done });
      await updateApplication(db, found, ['waiting', 'approved', 'refused'], { openedAt: now });
    }
    const row = await this.#find(actor, 'application.opened', secret);
    const agency = await findRegistryAgency(db, agencyId);
    return toOwn(keys, row, agency?.name ?? '');
  }

  /** Takes back an application that waits: what was said is erased in the line's own commit. */
  async withdraw(actor: Actor, secret: string): Promise<WithdrawalReceipt> {
    const { audit, refusals } = this.#parts;
    const type = 'application.withdrawn';
    const { id, agencyId } = await this.#find(actor, type, secret);
    const act = { type, actor, agencyId, target: { kind: 'application' as const, id } } as const;
    const withdrawn = await audit.recordOnce({ ...act, outcome: 'done' }, (tx) =>
      updateApplication(tx, { agencyId, id }, ['waiting'], { state: 'withdrawn', secretHash: null, ...erased }),
    );
    if (withdrawn === null) {
      return refusals.refuse(act, new CodedError('conflict', 'It was decided meanwhile.'));
    }
    return { applicationId: id, erasedAt: new Date().toISOString() };
  }

  #find(actor: Actor, type: AuditType, secret: string): Promise<ApplicationRow> {
    const { db, refusals } = this.#parts;
    return refusals.orRefuse({ type, actor }, async () => {
      const row = await findLinked(db, hashOfSecret(secret), new Date());
      if (row === null) throw new CodedError('codeNotAccepted');
      return row;
    });
  }
}
