import type { OwnerAlert } from '@commonsight/types/alert';
import {
  alertOrderSchema,
  alertSignatureContext,
  type AlertState,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Logger } from '../logger.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { readSigned } from '../sharing/readSigned.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import type { SpeakingRelay } from '../sharing/ToldSharing.ts';
import { findAlert, toOwnerAlert } from './alertRepository.ts';
import { alertRowOf } from './alertRowOf.ts';
import type { ToldAlerts } from './ToldAlerts.ts';

export interface OwnerAlertsParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  links: OpenLinks;
  told: Pick<ToldAlerts, 'take'>;
  askRelay: AskRelay;
  logger: Pick<Logger, 'error'>;
}

/** What an order comes to. */
interface Ordered {
  alert: OwnerAlert | null;
  told: AlertState | null;
  receipt: string;
}

interface Found {
  agencyId: string;
  siteId: string;
  ownerKeys: readonly string[];
}

const askTimeoutMs = 5_000;
const orderForm = { context: alertSignatureContext, schema: alertOrderSchema, what: 'order about an alert' };

/** The owner's way to the relay's alert: orders are carried as they were signed, and none is kept for a relay that is away. */
export class OwnerAlerts {
  readonly #parts: OwnerAlertsParts;

  constructor(parts: OwnerAlertsParts) {
    this.#parts = parts;
  }

  async prepare(actor: Actor, secret: string | null, { relayId }: { relayId: string }): Promise<{ challenge: string }> {
    await this.#find(actor, secret, relayId);
    return this.#parts.askRelay(relayId, 'alert:prepare', {}, { timeoutMs: askTimeoutMs });
  }

  /** The line of the order, then the order; the relay decides. What it has taken is answered, whatever fails here then. */
  async order(
    actor: Actor,
    secret: string | null,
    { relayId, signed }: { relayId: string; signed: SignedAlertOrder },
  ): Promise<Ordered> {
    const { agencyId, siteId, ownerKeys } = await this.#find(actor, secret, relayId);
    const { audit, askRelay } = this.#parts;
    const target = { kind: 'relay' as const, id: relayId };
    const shared = { type: 'alert.ordered' as const, actor, agencyId, target };
    const envelope = { content: signed.order, signature: signed.signature };
    const { content } = await this.#writingRefusals(shared, {}, async () =>
      readSigned(envelope, orderForm, { relayId, ownerKeys }),
    );
    const { act } = content;
    await audit.record({ ...shared, outcome: 'done', details: { act } });
    const { alert, receipt } = await this.#writingRefusals(shared, { act }, () =>
      askRelay(relayId, 'alert:order', { signed }, { timeoutMs: askTimeoutMs }),
    );
    const speaking = { actor: { kind: 'relay' as const, relayId, agencyId, sourceAddress: null }, siteId };
    return { alert: alert === null ? null : await this.#keep(speaking, alert), told: alert, receipt };
  }

  /** Kept, as far as that can be done now: the relay tells of it by itself, and again until it was heard. */
  async #keep(speaking: SpeakingRelay, alert: AlertState): Promise<OwnerAlert> {
    const now = new Date();
    const { agencyId, relayId } = speaking.actor;
    const logFailure = (error: unknown): null => {
      this.#parts.logger.error({ err: error, relayId }, 'An alert that was ordered could not be kept.');
      return null;
    };
    await this.#parts.told.take(speaking, alert).catch(logFailure);
    const known = await findAlert(this.#parts.db, agencyId, alert.id).catch(logFailure);
    const before = known?.relayId === relayId ? known : null;
    return toOwnerAlert({ ...alertRowOf(speaking, { alert, before, note: '' }, now), incidentId: null }, now);
  }

  /** What is not refused and has no answer is written down as that: the order may have come to something. */
  async #writingRefusals<T>(
    shared: Pick<Act, 'type' | 'actor' | 'agencyId' | 'target'>,
    details: Record<string, unknown>,
    ask: () => Promise<T>,
  ): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const code = error instanceof CodedError ? error.code : 'internal';
      const outcome = code === 'timedOut' ? 'done' : 'refused';
      await this.#parts.audit.record({ ...shared, outcome, details: { ...details, code } });
      throw error;
    }
  }

  async #find(actor: Actor, secret: string | null, relayId: string): Promise<Found> {
    const { link } = await this.#parts.links.open(actor, secret, 'alert.ordered');
    const { agencyId, siteId } = link;
    const found = await findRelayOfSite(this.#parts.db, agencyId, siteId);
    if (found?.relay.id === relayId) return { agencyId, siteId, ownerKeys: found.sharing?.told.ownerKeys ?? [] };
    const error = new CodedError('notFound', 'This relay does not serve the site any more.');
    const target = { kind: 'site' as const, id: siteId };
    const details = { code: error.code };
    await this.#parts.audit.record({ type: 'alert.ordered', outcome: 'refused', actor, agencyId, target, details });
    throw error;
  }
}
