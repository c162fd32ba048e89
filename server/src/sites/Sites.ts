import type { Position } from '@commonsight/types/position';
import type { Site } from '@commonsight/types/site';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import { listRelays } from '../relays/relayRepository.ts';
import { insertSite, listSites, toWireSite } from './siteRepository.ts';

/** The places with cameras. */
export class Sites {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async list(actor: Actor): Promise<Site[]> {
    const { user } = await this.#access.requireAccess(actor, 'site.read', { auditType: 'site.read' });
    const [rows, relays] = [await listSites(this.#db, user.agencyId), await listRelays(this.#db, user.agencyId)];
    return rows.map((row) =>
      toWireSite(
        row,
        relays.filter((relay) => relay.siteId === row.id),
      ),
    );
  }

  async create(actor: Actor, site: { name: string; address: string; position: Position }): Promise<Site> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: 'site.created',
      describe: () => ({ details: { siteId: id, name: site.name } }),
    });
    const row = await insertSite(this.#db, {
      id,
      agencyId: user.agencyId,
      name: site.name,
      address: site.address,
      ...site.position,
    });
    return toWireSite(row, []);
  }
}
