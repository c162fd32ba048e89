import { type KeyObject, sign } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import {
  type AlertOrder,
  alertReceiptText,
  type AlertState,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import { RelayError } from '../errors.ts';
import type { State } from '../sharing/Sharing.ts';
import { AlertChallenges } from './AlertChallenges.ts';
import type { Alerts } from './Alerts.ts';
import { openAlertOrder } from './openAlertOrder.ts';

export interface AlertDeskOptions {
  readonly relayId: string;
  /** Signs receipts. */
  readonly deviceKey: KeyObject;
  readonly alerts: Alerts;
  readonly sharingState: () => State;
  readonly log: Logger;
  /** Tells the server; rejects while it cannot be told. */
  readonly tell: (alert: AlertState | null) => Promise<void>;
}

type Handlers = Pick<LinkHandlers<RelayRequests>, 'alert:prepare' | 'alert:order' | 'alert:end'>;

const tellAgainMs = 1_000;

/** The owner's way to the alert over the server, which carries orders, can end an alert and can do nothing else. */
export class AlertDesk {
  readonly #options: AlertDeskOptions;
  readonly #challenges = new AlertChallenges();
  /** Counts connections: what the server before was told says nothing about this one. */
  #connection = 0;
  #told: string | null = null;
  #tellAgainAtMs = 0;
  #isTelling = false;

  constructor(options: AlertDeskOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers = {
    'alert:prepare': async () => ({ challenge: this.#challenges.make(performance.now()) }),
    'alert:order': async ({ signed }) => this.#order(signed),
    'alert:end': async ({ alertId }) => {
      this.#options.alerts.endForIncident(alertId);
      return {};
    },
  };

  /** The server knows nothing yet, or is another one. */
  connected(): void {
    this.#connection += 1;
    this.#told = null;
    this.#tellAgainAtMs = 0;
    this.tellChanges();
  }

  /** To be called again and again; tells each stage and each new end, once. */
  tellChanges(): void {
    if (this.#isTelling || performance.now() < this.#tellAgainAtMs) return;
    const { alerts } = this.#options;
    const { mark } = alerts;
    if (mark === this.#told) return;
    this.#isTelling = true;
    void this.#tell(mark);
  }

  async #tell(mark: string): Promise<void> {
    const connection = this.#connection;
    try {
      await this.#options.tell(this.#options.alerts.state);
      if (connection === this.#connection) this.#told = mark;
    } catch {
      // There is no link, or the server is of an earlier version and does not know the question.
      this.#tellAgainAtMs = performance.now() + tellAgainMs;
    } finally {
      this.#isTelling = false;
    }
  }

  #order(signed: SignedAlertOrder) {
    const { relayId, deviceKey, alerts, log } = this.#options;
    const order = this.#open(signed);
    log.info({ act: order.act }, 'an owner orders about the alert');
    const alert = alerts.act(order.act, 'owner');
    const text = Buffer.from(alertReceiptText({ relayId, order: signed.order, alert }));
    return { alert, receipt: sign(null, text, deviceKey).toString('base64url') };
  }

  #open(signed: SignedAlertOrder): AlertOrder {
    const { relayId, sharingState, log } = this.#options;
    const state = sharingState();
    try {
      const order = openAlertOrder(signed, { relayId, ownerKeys: state.is === 'paired' ? state.ownerKeys : [] });
      // Last, so that nobody but an owner can make a challenge void.
      if (this.#challenges.take(order.challenge, performance.now())) return order;
      throw new Error('The order came too late, was used before, or another one came in between. Try again.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason }, 'an order about the alert was refused');
      throw new RelayError('notPermitted', reason, { cause: error });
    }
  }
}
