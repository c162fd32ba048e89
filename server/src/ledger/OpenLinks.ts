import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { hashOfSecret } from '../secrets.ts';
import { findOpenLink, type LinkRow, noteRead } from './ledgerRepository.ts';

/** The page asks every two seconds; a line for each of them would drown the log. */
const readLineEveryMs = 60 * 60 * 1000;

/** What a link opens. */
export interface OpenLink {
  link: LinkRow;
  siteName: string;
  agencyName: string;
}

/** The door for owners: who has a link's secret comes in, and that is written down. */
export class OpenLinks {
  readonly #db: Db;
  readonly #audit: Pick<Audit, 'record'>;
  readonly #refusals: Pick<Refusals, 'refuse'>;

  constructor(parts: { db: Db; audit: Pick<Audit, 'record'>; refusals: Pick<Refusals, 'refuse'> }) {
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#refusals = parts.refusals;
  }

  /** `notFound`, and a line of this type, for a secret that opens nothing. */
  async open(
    actor: Actor,
    secret: string | null,
    type:
      | 'ledger.read'
      | 'ledger.digestAsked'
      | 'ledger.digestStopped'
      | 'owner.pairingTried'
      | 'owner.stillTaken'
      | 'sharing.offered'
      | 'preview.started'
      | 'alert.ordered'
      | 'push.ordered'
      | 'siteCard.changed'
      | 'siteCard.read'
      | 'footage.linkOpened',
  ): Promise<OpenLink> {
    const opened = secret === null ? null : await findOpenLink(this.#db, hashOfSecret(secret));
    return opened ?? this.#refusals.refuse({ type, actor }, new CodedError('notFound'));
  }

  /** Before anything is read: who cannot be written down does not read. One line an hour. */
  async noteRead(actor: Actor, link: LinkRow, now: Date): Promise<void> {
    const { id, agencyId, siteId, lastReadAt } = link;
    if (lastReadAt !== null && now.getTime() - lastReadAt.getTime() < readLineEveryMs) return;
    const target = { kind: 'site' as const, id: siteId };
    const act = { type: 'ledger.read' as const, outcome: 'done' as const, actor, agencyId, target };
    await this.#audit.record({ ...act, details: { linkId: id } });
    await noteRead(this.#db, id, now);
  }
}
