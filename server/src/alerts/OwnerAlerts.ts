import type { OwnerAlert } from '@commonsight/types/alert';
import { type AlertAct, alertOrderSchema, type SignedAlertOrder } from '@commonsight/types/relay/alert';
import type { Actor, RelayActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import { findAlert, toOwnerAlert } from './alertRepository.ts';
import type { ToldAlerts } from './ToldAlerts.ts';

export interface OwnerAlertsParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  links: OpenLinks;
  told: Pick<ToldAlerts, 'take'>;
  askRelay: AskRelay;
}

const askTimeoutMs = 5_000;

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

  /** The line of the order, then the order; the relay decides. */
  async order(
    actor: Actor,
    secret: string | null,
    { relayId, signed }: { relayId: string; signed: SignedAlertOrder },
  ): Promise<{ alert: OwnerAlert; receipt: string }> {
    const { agencyId, siteId } = await this.#find(actor, secret, relayId);
    const target = { kind: 'relay' as const, id: relayId };
    const shared = { type: 'alert.ordered' as const, actor, agencyId, target };
    const act = actOf(signed);
    await this.#parts.audit.record({ ...shared, outcome: 'done', details: { act } });
    try {
      const answer = await this.#parts.askRelay(relayId, 'alert:order', { signed }, { timeoutMs: askTimeoutMs });
      const relay: RelayActor = { kind: 'relay', relayId, agencyId, sourceAddress: null };
      await this.#parts.told.take({ actor: relay, siteId }, answer.alert);
      const row = await findAlert(this.#parts.db, agencyId, answer.alert.id);
      if (row === null) throw new CodedError('conflict', 'The relay told of an alert that is not its own.');
      return { alert: toOwnerAlert(row, new Date()), receipt: answer.receipt };
    } catch (error) {
      const code = error instanceof CodedError ? error.code : 'internal';
      await this.#parts.audit.record({ ...shared, outcome: 'refused', details: { act, code } });
      throw error;
    }
  }

  async #find(actor: Actor, secret: string | null, relayId: string): Promise<{ agencyId: string; siteId: string }> {
    const { link } = await this.#parts.links.open(actor, secret, 'alert.ordered');
    const { agencyId, siteId } = link;
    const found = await findRelayOfSite(this.#parts.db, agencyId, siteId);
    if (found?.relay.id === relayId) return { agencyId, siteId };
    const error = new CodedError('notFound', 'This relay does not serve the site any more.');
    const target = { kind: 'site' as const, id: siteId };
    const details = { code: error.code };
    await this.#parts.audit.record({ type: 'alert.ordered', outcome: 'refused', actor, agencyId, target, details });
    throw error;
  }
}

/** What is ordered, for the line; whether it is an owner's word the relay alone decides. */
function actOf({ order }: SignedAlertOrder): AlertAct {
  try {
    return alertOrderSchema.parse(JSON.parse(Buffer.from(order, 'base64url').toString())).act;
  } catch {
    throw new CodedError('badRequest', 'This is no order about an alert.');
  }
}
