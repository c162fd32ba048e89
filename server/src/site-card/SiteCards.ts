import { createHash } from 'node:crypto';
import type { RawAnswer } from '@commonsight/types/http/route';
import { isAlertSharing } from '@commonsight/types/relay/alert';
import {
  type ShownSiteCard,
  type SignedSiteCard,
  type SignedSiteCardReading,
  type SiteCard,
  siteCardReadingContext,
  siteCardReadingSchema,
  siteCardSchema,
  siteCardSignatureContext,
} from '@commonsight/types/site-card';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import { toAlert } from '../alerts/alertRepository.ts';
import { findShown } from '../alerts/Alerts.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { OwnerDoor, OwnRelay } from '../sharing/OwnerDoor.ts';
import { assertFresh } from '../sharing/assertFresh.ts';
import { readSigned } from '../sharing/readSigned.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { type Plan, readPlan } from './readPlan.ts';
import { SiteCardKeys } from './SiteCardKeys.ts';
import { findSiteCard, saveSiteCard, type SiteCardRow } from './siteCardRepository.ts';

export interface SiteCardsParts {
  db: Db;
  access: Access;
  audit: Pick<Audit, 'record'>;
  door: OwnerDoor;
}

const cardForm = { context: siteCardSignatureContext, schema: siteCardSchema, what: 'site card' };
const readingForm = {
  context: siteCardReadingContext,
  schema: siteCardReadingSchema,
  what: 'request to read a site card',
};

/** A picture takes some ten megabytes while it is decoded: one at a time. */
const decoding = 'plan';

/** What owners let responders read of their sites: kept sealed, and open to operators while an alert shares cameras alone. */
export class SiteCards {
  readonly #parts: SiteCardsParts;
  readonly #keys: SiteCardKeys;
  readonly #queue = new KeyedQueue();

  static async create(parts: SiteCardsParts & { dataDir: string }): Promise<SiteCards> {
    return new SiteCards(parts, await SiteCardKeys.create(parts.dataDir));
  }

  private constructor(parts: SiteCardsParts, keys: SiteCardKeys) {
    this.#parts = parts;
    this.#keys = keys;
  }

  async save(
    actor: Actor,
    secret: string | null,
    asked: { relayId: string; signed: SignedSiteCard; plan: string | null },
  ): Promise<{ version: number }> {
    const { db, audit, door } = this.#parts;
    const own = await door.openRelay(actor, secret, asked.relayId, 'siteCard.changed');
    return this.#queue.run(own.siteId, () =>
      door.orRefuse(own.act, async () => {
        const { card: signedCard, signature } = asked.signed;
        const { content: card } = readSigned({ content: signedCard, signature }, cardForm, own.signers);
        const kept = await findSiteCard(db, own.agencyId, own.siteId);
        // What the owner of another relay had written is replaced, and stands for nothing in the new one.
        const before = cardOfRelay(kept, asked.relayId);
        if (card.version !== (before?.version ?? 0) + 1) {
          throw new CodedError('conflict', 'Another device has changed the site card meanwhile. Load it again.');
        }
        const plan = await this.#planOf(card, asked.plan, before);
        const { version, contacts, planHash } = card;
        const details = { ...own.act.details, version, contactCount: contacts.length, hasPlan: planHash !== null };
        await audit.record({ ...own.act, outcome: 'done', details });
        await saveSiteCard(db, this.#seal({ ...own, id: kept?.id ?? newId() }, card, plan));
        return { version };
      }),
    );
  }

  async readOwn(
    actor: Actor,
    secret: string | null,
    asked: { relayId: string; signed: SignedSiteCardReading },
  ): Promise<{ card: SiteCard | null }> {
    const { db, audit, door } = this.#parts;
    const { agencyId, siteId, signers, act } = await door.openRelay(actor, secret, asked.relayId, 'siteCard.read');
    return door.orRefuse(act, async () => {
      const { reading, signature } = asked.signed;
      assertFresh(readSigned({ content: reading, signature }, readingForm, signers).content, new Date());
      await audit.record({ ...act, outcome: 'done', details: { ...act.details, part: 'own' } });
      const row = cardOfRelay(await findSiteCard(db, agencyId, siteId), asked.relayId);
      return { card: row === null ? null : this.#open(row) };
    });
  }

  /** The line of each reading stands before anything is opened. */
  async read(actor: Actor, alertId: string): Promise<{ card: ShownSiteCard | null }> {
    const row = await this.#admit(actor, alertId, 'card');
    if (row === null || row.sealed === null) return { card: null };
    const { contacts, notes } = this.#open(row);
    const { planWidth: width, planHeight: height, changedAt } = row;
    const plan = width === null || height === null ? null : { width, height };
    return { card: { contacts, notes, plan, changedAt: changedAt.toISOString() } };
  }

  async readPlan(actor: Actor, alertId: string): Promise<RawAnswer> {
    const row = await this.#admit(actor, alertId, 'plan');
    if (row === null || row.sealedPlan === null || row.wrappedKey === null) throw new CodedError('notFound');
    const body = this.#keys.open({ id: row.id, wrappedKey: row.wrappedKey }, 'plan', row.sealedPlan);
    return { contentType: 'image/png', body, cache: 'never', bytes: body.length };
  }

  async #admit(actor: Actor, alertId: string, part: 'card' | 'plan'): Promise<SiteCardRow | null> {
    const { db, access } = this.#parts;
    const { found } = await access.requireAccess(actor, 'siteCard.read', {
      auditType: 'siteCard.read',
      target: { kind: 'alert', id: alertId, find: (agencyId) => findShown(db, agencyId, alertId) },
      check: async (_user, alert) => {
        if (isAlertSharing({ stage: toAlert(alert, new Date()).stage, isTest: false })) return;
        throw new CodedError('conflict', 'The alert is over, and with it what its owner lets responders read.');
      },
      describe: (_checked, { siteId }) => ({ details: { siteId, part } }),
    });
    // An alert of one relay opens nothing that the owner of another one wrote.
    return cardOfRelay(await findSiteCard(db, found.agencyId, found.siteId), found.relayId);
  }

  /** The card's floor plan: the file that came with it, else the one that is kept, by its hash. */
  async #planOf({ planHash }: SiteCard, file: string | null, before: SiteCardRow | null): Promise<Plan | null> {
    if (planHash === null) {
      if (file !== null) throw new CodedError('badRequest', 'The site card names no floor plan.');
      return null;
    }
    if (file !== null) {
      const bytes = Buffer.from(file, 'base64');
      if (createHash('sha256').update(bytes).digest('hex') !== planHash) throw new CodedError('hashMismatch');
      return this.#queue.run(decoding, () => readPlan(bytes));
    }
    const kept = before === null ? null : this.#keptPlan(before, planHash);
    if (kept === null) throw new CodedError('conflict', 'The floor plan is not kept any more. Choose its file again.');
    return kept;
  }

  #keptPlan(row: SiteCardRow, planHash: string): Plan | null {
    const { id, wrappedKey, sealedPlan, planWidth: width, planHeight: height } = row;
    if (wrappedKey === null || sealedPlan === null || width === null || height === null) return null;
    if (this.#open(row).planHash !== planHash) return null;
    return { png: this.#keys.open({ id, wrappedKey }, 'plan', sealedPlan), width, height };
  }

  #seal(
    { id, agencyId, siteId }: Pick<OwnRelay, 'agencyId' | 'siteId'> & { id: string },
    card: SiteCard,
    plan: Plan | null,
  ): SiteCardRow {
    const { relayId, version, contacts, notes } = card;
    const kept = { id, agencyId, siteId, relayId, version, changedAt: new Date() };
    if (contacts.length === 0 && notes === '' && plan === null) {
      return { ...kept, wrappedKey: null, sealed: null, sealedPlan: null, planWidth: null, planHeight: null };
    }
    const wrappedKey = this.#keys.makeWrappedKey(id);
    return {
      ...kept,
      wrappedKey,
      sealed: this.#keys.seal({ id, wrappedKey }, 'card', Buffer.from(JSON.stringify(card))),
      sealedPlan: plan === null ? null : this.#keys.seal({ id, wrappedKey }, 'plan', plan.png),
      planWidth: plan?.width ?? null,
      planHeight: plan?.height ?? null,
    };
  }

  /** An emptied card has kept its version alone. */
  #open({ id, relayId, version, wrappedKey, sealed }: SiteCardRow): SiteCard {
    if (wrappedKey === null || sealed === null) {
      return { format: 'commonsight-site-card-1', relayId, version, contacts: [], notes: '', planHash: null };
    }
    const text = this.#keys.open({ id, wrappedKey }, 'card', sealed).toString('utf8');
    return siteCardSchema.parse(JSON.parse(text));
  }
}

/** A card speaks for the relay whose owner signed it, and for no other one that serves the site before or after. */
function cardOfRelay(row: SiteCardRow | null, relayId: string): SiteCardRow | null {
  return row?.relayId === relayId ? row : null;
}
