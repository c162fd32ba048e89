import { createHash } from 'node:crypto';
import type { AuditType } from '@commonsight/types/audit-event';
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
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import { readSigned, type Signers } from '../sharing/readSigned.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import { KeyedQueue } from '../signaling/KeyedQueue.ts';
import { type Plan, readPlan } from './readPlan.ts';
import { assertFresh } from './assertFresh.ts';
import { SiteCardKeys } from './SiteCardKeys.ts';
import { findSiteCard, saveSiteCard, type SiteCardRow } from './siteCardRepository.ts';

export interface SiteCardsParts {
  db: Db;
  access: Access;
  audit: Pick<Audit, 'record'>;
  links: OpenLinks;
}

/** The site of an owner's link, with whose signatures count there. */
interface OwnSite {
  agencyId: string;
  siteId: string;
  signers: Signers;
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
    const site = await this.#openSite(actor, secret, asked.relayId, 'siteCard.changed');
    return this.#queue.run(site.siteId, () =>
      this.#orRefuse(actor, site, 'siteCard.changed', async () => {
        const { db, audit } = this.#parts;
        const { card: signedCard, signature } = asked.signed;
        const { content: card } = readSigned({ content: signedCard, signature }, cardForm, site.signers);
        const before = await findSiteCard(db, site.agencyId, site.siteId);
        if (card.version !== (before?.version ?? 0) + 1) {
          throw new CodedError('conflict', 'Another device has changed the site card meanwhile. Load it again.');
        }
        const plan = await this.#planOf(card, asked.plan, before);
        const { version, contacts, planHash } = card;
        await audit.record({
          type: 'siteCard.changed',
          outcome: 'done',
          actor,
          agencyId: site.agencyId,
          target: { kind: 'site', id: site.siteId },
          details: { version, contactCount: contacts.length, hasPlan: planHash !== null },
        });
        await saveSiteCard(db, this.#seal(site, card, plan, before));
        return { version };
      }),
    );
  }

  async readOwn(
    actor: Actor,
    secret: string | null,
    asked: { relayId: string; signed: SignedSiteCardReading },
  ): Promise<{ card: SiteCard | null }> {
    const site = await this.#openSite(actor, secret, asked.relayId, 'siteCard.read');
    return this.#orRefuse(actor, site, 'siteCard.read', async () => {
      const { reading, signature } = asked.signed;
      assertFresh(readSigned({ content: reading, signature }, readingForm, site.signers).content, new Date());
      const { db, audit } = this.#parts;
      const { agencyId, siteId } = site;
      await audit.record({
        type: 'siteCard.read',
        outcome: 'done',
        actor,
        agencyId,
        target: { kind: 'site', id: siteId },
        details: { part: 'own' },
      });
      const row = await findSiteCard(db, agencyId, siteId);
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
    const { found } = await access.requireAccess(actor, 'alert.read', {
      auditType: 'siteCard.read',
      target: { kind: 'alert', id: alertId, find: (agencyId) => findShown(db, agencyId, alertId) },
      check: async (_user, alert) => {
        if (isAlertSharing({ stage: toAlert(alert, new Date()).stage, isTest: false })) return;
        throw new CodedError('conflict', 'The alert is over, and with it what its owner lets responders read.');
      },
      describe: (_checked, { siteId }) => ({ details: { siteId, part } }),
    });
    return findSiteCard(db, found.agencyId, found.siteId);
  }

  async #openSite(
    actor: Actor,
    secret: string | null,
    relayId: string,
    type: 'siteCard.changed' | 'siteCard.read',
  ): Promise<OwnSite> {
    const { db, links } = this.#parts;
    const { link } = await links.open(actor, secret, type);
    const { agencyId, siteId } = link;
    const found = await findRelayOfSite(db, agencyId, siteId);
    const ownerKeys = found?.relay.id === relayId ? (found.sharing?.told.ownerKeys ?? []) : [];
    const site = { agencyId, siteId, signers: { relayId, ownerKeys } };
    if (found?.relay.id === relayId) return site;
    return this.#orRefuse(actor, site, type, async () => {
      throw new CodedError('notFound', 'This relay does not serve the site any more.');
    });
  }

  async #orRefuse<T>(
    actor: Actor,
    { agencyId, siteId }: OwnSite,
    type: Extract<AuditType, 'siteCard.changed' | 'siteCard.read'>,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const code = error instanceof CodedError ? error.code : 'internal';
      const target = { kind: 'site' as const, id: siteId };
      await this.#parts.audit.record({ type, outcome: 'refused', actor, agencyId, target, details: { code } });
      throw error;
    }
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

  #seal(site: OwnSite, card: SiteCard, plan: Plan | null, before: SiteCardRow | null): SiteCardRow {
    const id = before?.id ?? newId();
    const { agencyId, siteId } = site;
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
