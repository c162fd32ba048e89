import { listedWithholdings, type ListedWithholding, type Withholding } from '@commonsight/types/ledger';
import type { User } from '@commonsight/types/user';
import type { Access } from '../access/Access.ts';
import { type Actor, actorAsUser } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import {
  endWithholding,
  findWithholding,
  insertWithholding,
  listWithholdings,
  type WithholdingRow,
} from './ledgerRepository.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Incident numbers that owners do not see for a while: that somebody looked, when and what for, they always see. */
export class Withholdings {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async list(actor: Actor): Promise<ListedWithholding[]> {
    const { user } = await this.#access.requireAccess(actor, 'ledger.withhold', {
      auditType: 'ledger.withholdingsListed',
    });
    const rows = await listWithholdings(this.#db, user.agencyId, listedWithholdings);
    return rows.map(({ row, createdBy, incident }) => ({ ...toWire(row, createdBy), incident }));
  }

  /** Once for an incident: `conflict` afterwards, also when it is over. */
  async withhold(actor: Actor, incidentId: string, asked: { days: number; note: string }): Promise<Withholding> {
    const createdAt = new Date();
    const endsAt = new Date(createdAt.getTime() + asked.days * dayMs);
    const { user } = await this.#access.requireAccess(actor, 'ledger.withhold', {
      auditType: 'ledger.withheld',
      record: 'refusals',
      target: this.#incident(incidentId),
      check: async ({ agencyId }) => {
        if ((await findWithholding(this.#db, agencyId, incidentId)) !== null) throw alreadyWithheld();
      },
    });
    const row = {
      id: newId(),
      agencyId: user.agencyId,
      incidentId,
      createdBy: user.userId,
      createdAt,
      endsAt,
      endedAt: null,
      note: asked.note,
    };
    await this.#access.commit(
      user,
      {
        type: 'ledger.withheld',
        target: { kind: 'incident', id: incidentId },
        details: { expiresAt: endsAt.toISOString(), note: asked.note },
      },
      async (tx) => {
        if (!(await insertWithholding(tx, row))) throw alreadyWithheld();
      },
    );
    return toWire(row, actorAsUser(user));
  }

  /** Shows the number from now on. */
  async end(actor: Actor, incidentId: string): Promise<Withholding> {
    const { user, checked } = await this.#access.requireAccess(actor, 'ledger.withhold', {
      auditType: 'ledger.withholdingEnded',
      record: 'refusals',
      target: this.#incident(incidentId),
      check: async ({ agencyId }) => {
        const found = await findWithholding(this.#db, agencyId, incidentId);
        const isOver = found === null || found.row.endedAt !== null || found.row.endsAt <= new Date();
        if (isOver) throw notWithheld();
        return found;
      },
    });
    const { row, createdBy } = checked;
    const endedAt = new Date();
    await this.#access.commit(
      user,
      { type: 'ledger.withholdingEnded', target: { kind: 'incident', id: incidentId } },
      async (tx) => {
        if (!(await endWithholding(tx, row.id, endedAt))) throw notWithheld();
      },
    );
    return toWire({ ...row, endedAt }, createdBy);
  }

  #incident(id: string) {
    return { kind: 'incident' as const, id, find: (agencyId: string) => findIncident(this.#db, agencyId, id) };
  }
}

function alreadyWithheld(): CodedError {
  return new CodedError('conflict', 'This number has been withheld before. It cannot be withheld for longer.');
}

function notWithheld(): CodedError {
  return new CodedError('conflict', 'This number is not withheld any more.');
}

function toWire(row: WithholdingRow, createdBy: User): Withholding {
  const { id, incidentId, createdAt, endsAt, endedAt, note } = row;
  return {
    id,
    incidentId,
    createdBy,
    createdAt: createdAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    note,
  };
}
