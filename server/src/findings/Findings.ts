import type { AuditEvent, AuditSearch } from '@commonsight/types/audit-event';
import type { Finding } from '@commonsight/types/finding';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import { sampleLines } from '../audit/searchLines.ts';
import { readSize } from '../audit/storedTree.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
  closeFinding,
  findFinding,
  type FindingRow,
  insertFinding,
  listFindings,
  toFindings,
} from './findingRepository.ts';

/** What auditors draw from the log and note about it. */
export class Findings {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  /** Entries drawn by chance. */
  async sample(actor: Actor, search: AuditSearch & { limit: number }): Promise<AuditEvent[]> {
    const { user } = await this.#access.requireAccess(actor, 'audit.read', {
      auditType: 'audit.read',
      describe: () => ({ details: { search } }),
    });
    return sampleLines(this.#db, user.agencyId, search);
  }

  async list(actor: Actor): Promise<Finding[]> {
    const { user } = await this.#access.requireAccess(actor, 'audit.read', { auditType: 'finding.listed' });
    return toFindings(this.#db, await listFindings(this.#db, user.agencyId));
  }

  async open(actor: Actor, { sequences, note }: { sequences: number[]; note: string }): Promise<Finding> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'finding.write', {
      auditType: 'finding.opened',
      check: async ({ agencyId }) => {
        if (Math.max(...sequences) > (await readSize(this.#db, agencyId))) throw new CodedError('notFound');
      },
      describe: () => ({ details: { findingId: id, sequences, note } }),
    });
    const row = {
      id,
      agencyId: user.agencyId,
      state: 'open' as const,
      sequences: [...new Set(sequences)].sort((a, b) => a - b),
      note,
      createdBy: user.userId,
      createdAt: new Date(),
      closedBy: null,
      closedAt: null,
      outcome: null,
    };
    await insertFinding(this.#db, row);
    return this.#toWire(row);
  }

  async close(actor: Actor, id: string, outcome: string): Promise<Finding> {
    const { user } = await this.#access.requireAccess(actor, 'finding.write', {
      auditType: 'finding.closed',
      record: 'refusals',
      target: { kind: 'finding', id, find: (agencyId) => findFinding(this.#db, agencyId, id) },
      check: async (_auditor, { state }) => {
        if (state === 'closed') throw alreadyClosed();
      },
    });
    const closed = await this.#access.commit(
      user,
      { type: 'finding.closed', target: { kind: 'finding', id }, details: { note: outcome } },
      async (tx) => {
        const row = await closeFinding(tx, id, { closedBy: user.userId, closedAt: new Date(), outcome });
        if (row === null) throw alreadyClosed();
        return row;
      },
    );
    return this.#toWire(closed);
  }

  async #toWire(row: FindingRow): Promise<Finding> {
    const [finding] = await toFindings(this.#db, [row]);
    if (finding === undefined) throw new CodedError('notFound');
    return finding;
  }
}

function alreadyClosed(): CodedError {
  return new CodedError('conflict', 'This finding is closed.');
}
