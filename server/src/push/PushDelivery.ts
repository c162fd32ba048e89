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
  removeMessage,
  takeDue,
} from './pushRepository.ts';
import type { PushSubscriptions } from './PushSubscriptions.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** So many are sent beside each other: one push service that does not answer holds up none of the others. */
const width = 64;
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

/** Brings messages to push services: encrypted for each browser, tried again for a while, and given up then. */
export class PushDelivery {
  readonly #parts: PushDeliveryParts;
  #job: RepeatingJob | null = null;
  readonly #underWay = new Set<Promise<void>>();

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
        await Promise.all(this.#underWay);
      },
    };
  }

  wake(): void {
    this.#job?.wake();
  }

  /** Begins with what is due; answers in how many milliseconds something else is. What has ended wakes it too. */
  async #run(now: Date): Promise<number> {
    const free = width - this.#underWay.size;
    if (free === 0) return restMs;
    const { db } = this.#parts;
    for (const due of await takeDue(db, now, new Date(now.getTime() + holdMs), free)) this.#begin(due);
    if (this.#underWay.size === width) return restMs;
    const next = await nextDueAt(db);
    return next === null ? restMs : Math.min(restMs, Math.max(0, next.getTime() - Date.now()));
  }

  #begin(due: DueMessage): void {
    const work: Promise<void> = this.#try(due)
      // Its record says when it is tried again.
      .catch((error: unknown) =>
        this.#parts.logger.warn({ err: error }, 'A push message could not be seen to. Retrying.'),
      )
      .finally(() => {
        this.#underWay.delete(work);
        this.wake();
      });
    this.#underWay.add(work);
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
