import type { LedgerLink } from '@commonsight/types/ledger';
import type { User } from '@commonsight/types/user';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { makeSecret } from '../secrets.ts';
import { findSite } from '../sites/siteRepository.ts';
import { findLink, insertLink, type LinkRow, listLinks, revokeLink } from './ledgerRepository.ts';

/** Links that administrators make for owners. Who has a link reads one site's ledger, until it is revoked. */
export class LedgerLinks {
  readonly #db: Db;
  readonly #access: Access;
  readonly #publicUrl: string;
  readonly #closeOpened: (tx: Db, linkId: string) => Promise<void>;

  /** `closeOpened` closes what a link has opened elsewhere. */
  constructor(parts: {
    db: Db;
    access: Access;
    publicUrl: string;
    closeOpened: (tx: Db, linkId: string) => Promise<void>;
  }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#publicUrl = parts.publicUrl;
    this.#closeOpened = parts.closeOpened;
  }

  async list(actor: Actor, siteId: string): Promise<LedgerLink[]> {
    const { user } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: 'ledger.linksListed',
      target: this.#site(siteId),
    });
    const rows = await listLinks(this.#db, user.agencyId, siteId);
    return rows.map(({ link, createdBy }) => toWire(link, createdBy));
  }

  /** The secret is in the answer's address and nowhere else. */
  async create(actor: Actor, siteId: string): Promise<{ link: LedgerLink; url: string }> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: 'ledger.linkCreated',
      target: this.#site(siteId),
      describe: () => ({ details: { linkId: id } }),
    });
    const { secret, secretHash } = makeSecret();
    const row = {
      id,
      agencyId: user.agencyId,
      siteId,
      secretHash,
      createdBy: user.userId,
      createdAt: new Date(),
      revokedAt: null,
      lastReadAt: null,
    };
    await insertLink(this.#db, row);
    const createdBy = { id: user.userId, name: user.name, role: user.role };
    return { link: toWire(row, createdBy), url: `${this.#publicUrl}/ledger#${secret}` };
  }

  /**
   * From now on the link opens nothing, and what it has opened of requests for footage is closed: the line and both are one
   * commit. Revoking it again changes nothing.
   */
  async revoke(actor: Actor, id: string): Promise<LedgerLink> {
    const type = 'ledger.linkRevoked';
    const target = { kind: 'ledgerLink' as const, id };
    const { user, found } = await this.#access.requireAccess(actor, 'site.administer', {
      auditType: type,
      record: 'refusals',
      target: { ...target, find: (agencyId) => findLink(this.#db, agencyId, id) },
    });
    await this.#access.commit(user, { type, target, details: { siteId: found.siteId } }, async (tx) => {
      await revokeLink(tx, id, new Date());
      await this.#closeOpened(tx, id);
    });
    const links = await listLinks(this.#db, user.agencyId, found.siteId);
    const revoked = links.find(({ link }) => link.id === id);
    if (revoked === undefined) throw new CodedError('notFound');
    return toWire(revoked.link, revoked.createdBy);
  }

  #site(siteId: string) {
    return { kind: 'site' as const, id: siteId, find: (agencyId: string) => findSite(this.#db, agencyId, siteId) };
  }
}

function toWire(row: LinkRow, createdBy: User): LedgerLink {
  const { id, siteId, createdAt, revokedAt, lastReadAt } = row;
  return {
    id,
    siteId,
    createdBy,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    lastReadAt: lastReadAt?.toISOString() ?? null,
  };
}
