import { type Area, type FoundRegistration, mostFoundRegistrations } from '@commonsight/types/registration';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { listFound } from './registrationRepository.ts';
import { toFound } from './sealing.ts';

/** Registered cameras as operators see them: where one is and what it covers, and never whose it is. */
export class Registrations {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async list(actor: Actor, box: Area): Promise<{ registrations: FoundRegistration[]; hasMore: boolean }> {
    const { user } = await this.#access.requireAccess(actor, 'registry.read', {
      auditType: 'registration.listed',
      describe: () => ({ details: { ...box } }),
    });
    const rows = await listFound(this.#db, user.agencyId, box, new Date());
    return {
      registrations: rows.slice(0, mostFoundRegistrations).map(toFound),
      hasMore: rows.length > mostFoundRegistrations,
    };
  }
}
