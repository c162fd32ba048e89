import type { AuditType } from '@commonsight/types/audit-event';
import {
  type ConsentReceipt,
  type ErasureReceipt,
  erasedPartSchema,
  longestPauseDays,
  type OwnRegistration,
  type RegistrationChange,
  type RegistrationState,
} from '@commonsight/types/registration';
import type { Actor } from '../access/Actor.ts';
import type { Act } from '../audit/Audit.ts';
import { CodedError } from '../errors.ts';
import type { Registrants } from './Registrants.ts';
import {
  eraseRegistration,
  findOwn,
  findRegistryAgency,
  listOwn,
  type RegistrationRow,
  updateRegistration,
} from './registrationRepository.ts';
import { assertWithin, type RegistryParts } from './Registry.ts';
import { listOwnReveals } from './revealRepository.ts';
import { toColumns, toOwn } from './sealing.ts';
import { consentNow, termsVersion } from './terms.ts';

const dayMs = 24 * 60 * 60_000;
const living = ['active', 'paused', 'dormant'] as const;

/** Who asks, with the secret of the opened link. */
export interface Asker {
  actor: Actor;
  secret: string | null;
}

/** What registrants do with their own registrations. What is somebody else's does not exist. */
export class OwnRegistrations {
  readonly #parts: Omit<RegistryParts, 'mails'> & { registrants: Registrants };

  constructor(parts: Omit<RegistryParts, 'mails'> & { registrants: Registrants }) {
    this.#parts = parts;
  }

  async list({ actor, secret }: Asker): Promise<OwnRegistration[]> {
    const { db, audit, registrants } = this.#parts;
    const session = await registrants.require(actor, 'registration.read', secret);
    await audit.record({ type: 'registration.read', outcome: 'done', actor, agencyId: session.agencyId });
    const rows = await listOwn(db, session);
    return this.#withReveals(rows);
  }

  async change(asker: Asker, id: string, asked: RegistrationChange): Promise<OwnRegistration> {
    const { keys } = this.#parts;
    return this.#act(asker, 'registration.changed', id, living, async (row) => {
      const { contact, language, ...details } = withoutUndefined(asked);
      const known = toOwn(keys, row, []);
      const wanted = { ...detailsOf(known), ...details };
      const agency = details.position === undefined ? null : await findRegistryAgency(this.#parts.db, row.agencyId);
      if (agency !== null && agency.area !== null) assertWithin(agency.area, wanted.position);
      const key = { id, wrappedKey: row.wrappedKey ?? '' };
      return {
        ...toColumns(keys, key, wanted, { ...known.contact, ...contact }),
        ...(language === undefined ? {} : { language }),
      };
    });
  }

  async pause(asker: Asker, id: string, until: string): Promise<OwnRegistration> {
    return this.#act(asker, 'registration.paused', id, ['active', 'paused'], async () => {
      const pausedUntil = new Date(until);
      const leftMs = pausedUntil.getTime() - Date.now();
      if (leftMs <= 0 || leftMs > longestPauseDays * dayMs) {
        throw new CodedError('badRequest', `until: a moment within the next ${longestPauseDays} days.`);
      }
      return { state: 'paused', pausedUntil };
    });
  }

  async resume(asker: Asker, id: string): Promise<OwnRegistration> {
    return this.#act(asker, 'registration.resumed', id, ['paused'], async () => ({
      state: 'active',
      pausedUntil: null,
    }));
  }

  /** Starts the year anew. */
  async confirm(
    asker: Asker,
    id: string,
    consent: Pick<ConsentReceipt, 'version' | 'hash'> | null,
  ): Promise<OwnRegistration> {
    return this.#act(asker, 'registration.confirmed', id, living, async (row) => confirmed(row, consent, new Date()));
  }

  /** All of them, each with its line in the same commit; none when one needs a consent that is not there. */
  async confirmAll(
    { actor, secret }: Asker,
    consent: Pick<ConsentReceipt, 'version' | 'hash'> | null,
  ): Promise<OwnRegistration[]> {
    const { db, audit, registrants } = this.#parts;
    const type = 'registration.confirmed';
    const session = await registrants.require(actor, type, secret);
    const { agencyId } = session;
    const now = new Date();
    const rows = await listOwn(db, session);
    let changes: { id: string; change: Partial<RegistrationRow> }[];
    try {
      changes = rows.map((row) => ({ id: row.id, change: confirmed(row, consent, now) }));
    } catch (error) {
      if (error instanceof CodedError) {
        await audit.record({ type, outcome: 'refused', actor, agencyId, details: { code: error.code } });
      }
      throw error;
    }
    const acts = rows.map(({ id }) => {
      const target = { kind: 'registration' as const, id };
      return { type, outcome: 'done' as const, actor, agencyId, target } as const;
    });
    await audit.recordAll(acts, {
      with: async (tx) => {
        for (const { id, change } of changes) {
          // One that was deleted meanwhile stays deleted.
          await updateRegistration(tx, { agencyId, id }, living, change);
        }
      },
    });
    return this.#withReveals(await listOwn(db, session));
  }

  async delete(asker: Asker, id: string): Promise<ErasureReceipt> {
    const { db, audit } = this.#parts;
    const type = 'registration.deleted';
    const { agencyId } = await this.#find(asker, type, id);
    const target = { kind: 'registration' as const, id };
    await audit.record({ type, outcome: 'done', actor: asker.actor, agencyId, target });
    const now = new Date();
    if (!(await db.transaction((tx) => eraseRegistration(tx, { agencyId, id }, now)))) throw new CodedError('notFound');
    return { registrationId: id, erased: [...erasedPartSchema.options], erasedAt: now.toISOString() };
  }

  async #withReveals(rows: readonly RegistrationRow[]): Promise<OwnRegistration[]> {
    const { db, keys } = this.#parts;
    const reveals = await listOwnReveals(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => toOwn(keys, row, reveals.get(row.id) ?? []));
  }

  async #find({ actor, secret }: Asker, type: AuditType, id: string): Promise<RegistrationRow> {
    const { db, registrants } = this.#parts;
    const session = await registrants.require(actor, type, secret);
    const row = await findOwn(db, session, id);
    const target = { kind: 'registration' as const, id };
    return row ?? registrants.refuse({ type, actor, agencyId: session.agencyId, target }, 'notFound');
  }

  /** Writes the line, then changes the registration; a `CodedError` of the plan is a refusal with its line. */
  async #act(
    asker: Asker,
    type: AuditType,
    id: string,
    from: readonly RegistrationState[],
    plan: (row: RegistrationRow) => Promise<Partial<RegistrationRow>>,
  ): Promise<OwnRegistration> {
    const { db, audit, keys } = this.#parts;
    const row = await this.#find(asker, type, id);
    const { agencyId } = row;
    const act: Omit<Act, 'outcome'> = { type, actor: asker.actor, agencyId, target: { kind: 'registration', id } };
    let change: Partial<RegistrationRow>;
    try {
      if (!from.includes(row.state)) throw new CodedError('conflict');
      change = await plan(row);
    } catch (error) {
      if (error instanceof CodedError)
        await audit.record({ ...act, outcome: 'refused', details: { code: error.code } });
      throw error;
    }
    await audit.record({ ...act, outcome: 'done' });
    const changed = await updateRegistration(db, { agencyId, id }, from, change);
    if (changed === null) throw new CodedError('conflict');
    return toOwn(keys, changed, (await listOwnReveals(db, [id])).get(id) ?? []);
  }
}

/** What confirming changes: the year begins anew, and who was dormant is found again. */
function confirmed(
  row: RegistrationRow,
  consent: Pick<ConsentReceipt, 'version' | 'hash'> | null,
  now: Date,
): Partial<RegistrationRow> {
  if (consent === null && row.termsVersion !== termsVersion) throw new CodedError('termsChanged');
  const receipt = consent === null ? null : consentNow(consent, now);
  return {
    ...(row.state === 'dormant' ? { state: 'active' as const, dormantAt: null } : {}),
    lastConfirmedAt: now,
    questions: 0,
    askedAt: null,
    ...(receipt === null ? {} : { termsVersion: receipt.version, termsHash: receipt.hash, consentedAt: now }),
  };
}

function detailsOf(known: OwnRegistration) {
  const { kind, placement, address, position, viewCone, covers, retentionDays, recording, clockOffsetSeconds } = known;
  return { kind, placement, address, position, viewCone, covers, retentionDays, recording, clockOffsetSeconds };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
}
