import type { OwnerAlert } from '@commonsight/types/alert';
import {
  alertOrderSchema,
  alertSignatureContext,
  type AlertState,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import type { OwnerDoor } from '../sharing/OwnerDoor.ts';
import { readSigned } from '../sharing/readSigned.ts';
import type { SpeakingRelay } from '../sharing/ToldSharing.ts';
import { findAlert, toOwnerAlert } from './alertRepository.ts';
import { alertRowOf } from './alertRowOf.ts';
import type { ToldAlerts } from './ToldAlerts.ts';

export interface OwnerAlertsParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  door: OwnerDoor;
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

const askTimeoutMs = 5_000;
const orderForm = { context: alertSignatureContext, schema: alertOrderSchema, what: 'order about an alert' };

/** The owner's way to the relay's alert: orders are carried as they were signed, and none is kept for a relay that is away. */
export class OwnerAlerts {
  readonly #parts: OwnerAlertsParts;

  constructor(parts: OwnerAlertsParts) {
    this.#parts = parts;
  }

  async prepare(actor: Actor, secret: string | null, { relayId }: { relayId: string }): Promise<{ challenge: string }> {
    await this.#parts.door.openRelay(actor, secret, relayId, 'alert.ordered');
    return this.#parts.askRelay(relayId, 'alert:prepare', {}, { timeoutMs: askTimeoutMs });
  }

  /** The line of the order, then the order; the relay decides. What it has taken is answered, whatever fails here then. */
  async order(
    actor: Actor,
    secret: string | null,
    { relayId, signed }: { relayId: string; signed: SignedAlertOrder },
  ): Promise<Ordered> {
    const { audit, askRelay, door } = this.#parts;
    const { agencyId, siteId, signers, act: opened } = await door.openRelay(actor, secret, relayId, 'alert.ordered');
    const unread = { ...opened, target: { kind: 'relay' as const, id: relayId } };
    const envelope = { content: signed.order, signature: signed.signature };
    const { content } = await door.orRefuse(unread, async () => readSigned(envelope, orderForm, signers));
    const act = { ...unread, details: { ...unread.details, act: content.act } };
    await audit.record({ ...act, outcome: 'done' });
    const { alert, receipt } = await door.orRefuse(act, () =>
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
}
