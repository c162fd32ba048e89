import type { Position } from '@commonsight/types/position';
import type { Site } from '@commonsight/types/site';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import { listRelays } from '../relays/relayRepository.ts';
import type { Notices } from '../notices.ts';
import type { Policies } from '../policy/Policies.ts';
import { endResidentialGrants } from '../grants/grantRepository.ts';
import { findSite, insertSite, listSites, toWireSite, updateSite } from './siteRepository.ts';

/** The places with cameras. */
export class Sites {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;
  readonly #policies: Pick<Policies, 'current'>;

  constructor(parts: { db: Db; access: Access; notices: Notices; policies: Pick<Policies, 'current'> }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
    this.#policies = parts.policies;
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

  async create(
    actor: Actor,
    site: { name: string; address: string; position: Position; isResidential: boolean; timeZone: string | null },
  ): Promise<Site> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: 'site.created',
      describe: () => ({ details: { siteId: id, name: site.name, isResidential: site.isResidential } }),
    });
    const row = await insertSite(this.#db, {
      id,
      agencyId: user.agencyId,
      name: site.name,
      address: site.address,
      isResidential: site.isResidential,
      timeZone: site.timeZone,
      ...site.position,
    });
    return toWireSite(row, []);
  }

  /**
   * Says what the site's line carries, or marks the site as a home or not. A home's cameras are not watched from then on,
   * unless the policy allows it.
   */
  async change(
    actor: Actor,
    id: string,
    change: { isResidential?: boolean | undefined; uplinkKilobitsPerSecond?: number | null | undefined },
  ): Promise<Site> {
    const { user, found, checked } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: 'site.changed',
      target: { kind: 'site', id, find: (agencyId) => findSite(this.#db, agencyId, id) },
      check: ({ agencyId }) => this.#policies.current(agencyId),
      describe: () => ({ details: { ...change } }),
    });
    const { agencyId } = user;
    const mayBeWatched = change.isResidential !== true || checked.pack.residential.allowsLiveView;
    const { row, ended } = await this.#db.transaction(async (tx) => ({
      row: await updateSite(tx, agencyId, id, change),
      ended: mayBeWatched ? [] : await endResidentialGrants(tx, agencyId, new Date(), id),
    }));
    for (const grant of ended) void this.#notices.tell('grantEnded', { agencyId, grant, reason: 'policyChanged' });
    const relays = await listRelays(this.#db, agencyId);
    return toWireSite(
      row ?? found,
      relays.filter((relay) => relay.siteId === id),
    );
  }
}
