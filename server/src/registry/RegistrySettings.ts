import type { Area, RegistrySettings as WireSettings } from '@commonsight/types/registration';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { countByState, findRegistryAgency, setRegistryArea } from './registrationRepository.ts';

/** Where an agency takes registrations: an administrator's to say. */
export class RegistrySettings {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async read(actor: Actor): Promise<WireSettings> {
    const { user } = await this.#access.requireAccess(actor, 'registry.administer', {
      auditType: 'registry.settingsRead',
    });
    return this.#read(user.agencyId);
  }

  async changeArea(actor: Actor, area: Area | null): Promise<WireSettings> {
    const { user } = await this.#access.requireAccess(actor, 'registry.administer', {
      auditType: 'registry.areaChanged',
      describe: () => ({ details: { area } }),
    });
    await setRegistryArea(this.#db, user.agencyId, area);
    return this.#read(user.agencyId);
  }

  async #read(agencyId: string): Promise<WireSettings> {
    const agency = await findRegistryAgency(this.#db, agencyId);
    return { area: agency?.area ?? null, counts: await countByState(this.#db, agencyId) };
  }
}
