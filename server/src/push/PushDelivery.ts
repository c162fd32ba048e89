import { createHash } from 'node:crypto';
import type { PushMessage, PushTopic } from '@commonsight/types/push';
import webPush, { type RequestDetails } from 'web-push';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import { type FailedTry, nextTryOf } from './nextTryOf.ts';
import { postPush, type PushOutcome } from './postPush.ts';
import type { EndpointRules } from './pushEndpoint.ts';
import type { PushKeys } from './PushKeys.ts';
import {
  type DueMessage,
  nextDueAt,
  noteFailure,
  noteTaken,
  postponeMessage,
  putBackMessage,
  removeMessage,
  takeDue,
} from './pushRepository.ts';
import type { PushSubscriptions } from './PushSubscriptions.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/**
 * So many are sent beside each other, one to a subscription and few to a host, and some places are alerts' alone: who names an
 * endpoint that does not answer, or a push service that is down, holds up no alert of others.
 */
const width = 64;
const mostOthers = 48;
const mostOfHost = 8;
/** Within which a try has ended, so that another server takes the message up when this one died. */
const holdMs = minuteMs;
const restMs = minuteMs;
/** After so many messages in a row that were not taken, nobody is behind the endpoint. */
const mostFailures = 20;

export interface PushDeliveryParts {
  db: Db;
  keys: PushKeys;
  rules: EndpointRules;
  subscriptions: Pick<PushSubscriptions, 'end'>;
  /** Whom a push service writes to when something is wrong (RFC 8292): `mailto:` or `https:`. */
  contact: string;
  logger: Pick<Logger, 'warn'>;
}

/** One message on its way. */
interface UnderWay {
  work: Promise<void>;
  host: string;
  which: 'alerts' | 'others';
}

/** Brings messages to push services: encrypted for each browser, tried again for a while, and given up then. */
export class PushDelivery {
  readonly #parts: PushDeliveryParts;
  #job: RepeatingJob | null = null;
  /** What is being sent, by its subscription. */
  readonly #underWay = new Map<string, UnderWay>();

  constructor(parts: PushDeliveryParts) {
    this.#parts = parts;
  }

  /** Begins; whoever gets this closes it, which waits for what is being sent. */
  start(logger: Logger): { close: () => Promise<void> } {
    const job = RepeatingJob.create({
      name: 'push messages',
      retryMs: 30 * secondMs,
      logger,
      run: () => this.#run(new Date()),
    });
    this.#job = job;
    return {
      close: async () => {
        await job.close();
        await Promise.all([...this.#underWay.values()].map(({ work }) => work));
      },
    };
  }

  wake(): void {
    this.#job?.wake();
  }

  /** Begins with what is due; answers in how many milliseconds something else is. What has ended wakes it too. */
  async #run(now: Date): Promise<number> {
    const { db } = this.#parts;
    const until = new Date(now.getTime() + holdMs);
    for (const which of ['alerts', 'others'] as const) {
      const free = width - this.#underWay.size;
      const others = [...this.#underWay.values()].filter((one) => one.which === 'others').length;
      const limit = which === 'alerts' ? free : Math.min(free, mostOthers - others);
      const busy = [...this.#underWay.keys()];
      for (const due of await takeDue(db, { now, until, limit, busy, which })) await this.#begin(due, which);
    }
    const next = await nextDueAt(db);
    // What is due and waits for a place is begun when one is free.
    return next === null ? restMs : Math.min(restMs, Math.max(secondMs, next.getTime() - Date.now()));
  }

  async #begin(due: DueMessage, which: UnderWay['which']): Promise<void> {
    const host = this.#hostOf(due);
    const ofHost = [...this.#underWay.values()].filter((one) => one.host === host).length;
    if (ofHost >= mostOfHost) {
      return putBackMessage(this.#parts.db, due.message.id, new Date(Date.now() + secondMs));
    }
    const { id } = due.subscription;
    const work: Promise<void> = this.#try(due)
      // Its record says when it is tried again.
      .catch((error: unknown) =>
        this.#parts.logger.warn({ err: error }, 'A push message could not be seen to. Retrying.'),
      )
      .finally(() => {
        this.#underWay.delete(id);
        this.wake();
      });
    this.#underWay.set(id, { work, host, which });
  }

  /** Empty for one that cannot be read, which its try says. */
  #hostOf({ subscription }: DueMessage): string {
    try {
      return new URL(this.#parts.keys.open(subscription.id, subscription.sealed).target.endpoint).host;
    } catch {
      return '';
    }
  }

  async #try(due: DueMessage): Promise<void> {
    const { db, subscriptions } = this.#parts;
    const { message, subscription } = due;
    const leftMs = message.expiresAt.getTime() - Date.now();
    if (leftMs <= 0) return removeMessage(db, message.id);
    const outcome = await this.#post(due, leftMs);
    switch (outcome.state) {
      case 'taken':
        await removeMessage(db, message.id);
        return noteTaken(db, subscription.id, new Date());
      case 'gone':
        return subscriptions.end(subscription, 'gone');
      case 'later':
      case 'refused':
        return this.#tryAgain(due, outcome, nextTryOf(outcome, message.tries, leftMs));
      default:
        return outcome satisfies never;
    }
  }

  async #tryAgain({ message, subscription }: DueMessage, { why }: FailedTry, nextMs: number | null): Promise<void> {
    const { db, subscriptions, logger } = this.#parts;
    if (nextMs !== null) return postponeMessage(db, message.id, new Date(Date.now() + nextMs));
    logger.warn({ subscriptionId: subscription.id, why, tries: message.tries }, 'A push message was given up.');
    if ((await noteFailure(db, subscription.id)) >= mostFailures) return subscriptions.end(subscription, 'givenUp');
    return removeMessage(db, message.id);
  }

  #post(due: DueMessage, leftMs: number): Promise<PushOutcome> {
    let details: RequestDetails;
    try {
      details = this.#encrypt(due, leftMs);
    } catch {
      // A browser may give any bytes for its point, also none of the curve.
      return Promise.resolve({ state: 'refused', why: 'nothing can be encrypted with the keys of the subscription' });
    }
    return postPush(details, this.#parts.rules);
  }

  #encrypt({ message, subscription, siteName }: DueMessage, leftMs: number): RequestDetails {
    const { keys, contact } = this.#parts;
    const { endpoint, p256dh, auth } = keys.open(subscription.id, subscription.sealed).target;
    const content: PushMessage = {
      format: 'commonsight-push-message-1',
      subscriptionId: subscription.id,
      siteName,
      isDiscreet: subscription.isDiscreet,
      sentAt: message.createdAt.toISOString(),
      about: message.about,
    };
    return webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(content), {
      vapidDetails: { subject: contact, ...keys.vapid },
      TTL: Math.ceil(leftMs / secondMs),
      urgency: isUrgent(message.about) ? 'high' : 'normal',
      topic: headerTopicOf(message.topic),
    });
  }
}

function isUrgent({ kind }: PushTopic): boolean {
  return kind === 'alertBegan' || kind === 'extensionAsked' || kind === 'alertEnded' || kind === 'trial';
}

/**
 * What a push service keeps one message of (RFC 8030, 5.4), in its alphabet. A hash, because push services read it: an
 * alert's id is no secret, and still nobody's business.
 */
function headerTopicOf(topic: string): string {
  return createHash('sha256').update(topic).digest('base64url').slice(0, 32);
}
