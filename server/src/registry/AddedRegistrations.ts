import {
  type ConsentReceipt,
  mostOwnRegistrations,
  type OwnRegistration,
  type RegistrationDetails,
} from '@commonsight/types/registration';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Asker } from './OwnRegistrations.ts';
import type { Registrants } from './Registrants.ts';
import { findRegistryAgency, insertRegistrations, listOwn, type RegistrationRow } from './registrationRepository.ts';
import { assertWithin, type RegistryParts } from './Registry.ts';
import { toColumns, toOwn } from './sealing.ts';
import { consentNow } from './terms.ts';

const type = 'registration.added';

/** Many cameras of one registrant, such as a district's: registered at once, because the mail address is proved. */
export class AddedRegistrations {
  readonly #parts: Omit<RegistryParts, 'mails'> & { registrants: Registrants };

  constructor(parts: Omit<RegistryParts, 'mails'> & { registrants: Registrants }) {
    this.#parts = parts;
  }

  /** All or none, each with its line in the same commit. */
  async add(
    { actor, secret }: Asker,
    cameras: readonly RegistrationDetails[],
    consent: Pick<ConsentReceipt, 'version' | 'hash'>,
  ): Promise<OwnRegistration[]> {
    const { audit, keys, registrants } = this.#parts;
    const { agencyId, emailHash } = await registrants.require(actor, type, secret);
    const now = new Date();
    let rows: RegistrationRow[];
    try {
      const receipt = consentNow(consent, now);
      await this.#assertWithinArea(agencyId, cameras);
      const newest = await this.#newestOf({ agencyId, emailHash }, cameras.length);
      const { contact, language } = toOwn(keys, newest, []);
      // Sorted, so that a list by id is in the order of the file.
      const ids = cameras.map(() => newId()).toSorted();
      rows = cameras.map((details, at) => {
        const id = ids[at] ?? newId();
        const wrappedKey = keys.makeWrappedKey(id);
        return {
          ...newest,
          ...toColumns(keys, { id, wrappedKey }, details, contact),
          id,
          state: 'active',
          wrappedKey,
          language,
          termsVersion: receipt.version,
          termsHash: receipt.hash,
          consentedAt: now,
          createdAt: now,
          lastConfirmedAt: now,
          pausedUntil: null,
          questions: 0,
          askedAt: null,
          dormantAt: null,
        };
      });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      await audit.record({ type, outcome: 'refused', actor, agencyId, details: { code: error.code } });
      throw error;
    }
    const acts = rows.map(({ id }) => {
      const target = { kind: 'registration' as const, id };
      return { type, outcome: 'done' as const, actor, agencyId, target } as const;
    });
    await audit.recordAll(acts, { with: (tx) => insertRegistrations(tx, rows) });
    return rows.map((row) => toOwn(keys, row, []));
  }

  async #assertWithinArea(agencyId: string, cameras: readonly RegistrationDetails[]): Promise<void> {
    const agency = await findRegistryAgency(this.#parts.db, agencyId);
    if (agency === null || agency.area === null) throw new CodedError('notFound');
    for (const { position } of cameras) assertWithin(agency.area, position);
  }

  /** Whose contact the new ones get. */
  async #newestOf(of: { agencyId: string; emailHash: string }, added: number): Promise<RegistrationRow> {
    const own = await listOwn(this.#parts.db, of);
    const newest = own.at(-1);
    if (newest === undefined) throw new CodedError('conflict', 'Register one camera first.');
    if (own.length + added > mostOwnRegistrations) {
      throw new CodedError('conflict', `One mail address can register ${mostOwnRegistrations} cameras.`);
    }
    return newest;
  }
}
