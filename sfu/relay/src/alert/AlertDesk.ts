import { type KeyObject, sign } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import {
  type AlertOrder,
  alertOrderSchema,
  alertReceiptText,
  alertSignatureContext,
  type AlertState,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import { openSigned } from '../sharing/openSigned.ts';
import { OrderChallenges } from '../sharing/OrderChallenges.ts';
import type { Sharing } from '../sharing/Sharing.ts';
import type { Alerts } from './Alerts.ts';

export interface AlertDeskOptions {
  readonly relayId: string;
  /** Signs receipts. */
  readonly deviceKey: KeyObject;
  readonly alerts: Alerts;
  readonly sharing: Pick<Sharing, 'ownerKeys'>;
  readonly log: Logger;
  /** Tells the server; rejects while it cannot be told. */
  readonly tell: (alert: AlertState | null) => Promise<void>;
}

type Handlers = Pick<LinkHandlers<RelayRequests>, 'alert:prepare' | 'alert:order' | 'alert:end'>;

const tellAgainMs = 1_000;

/** The owner's way to the alert over the server, which carries orders, can end an alert and can do nothing else. */
export class AlertDesk {
  readonly #options: AlertDeskOptions;
  readonly #challenges = new OrderChallenges();
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

  #open({ order, signature }: SignedAlertOrder): AlertOrder {
    const { relayId, sharing, log } = this.#options;
    return openSigned(
      { content: order, signature },
      {
        context: alertSignatureContext,
        schema: alertOrderSchema,
        what: 'order',
        relayId,
        ownerKeys: sharing.ownerKeys,
        log,
        // Last, so that nobody but an owner can make a challenge void.
        check: ({ challenge }) => this.#challenges.spend(challenge, performance.now()),
      },
    );
  }
}
