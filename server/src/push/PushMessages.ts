import type { PushTopic } from '@commonsight/types/push';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { PushSubscriptions } from './PushSubscriptions.ts';
import { listSubscriptions, putMessages, type SubscriptionRow, topicOf } from './pushRepository.ts';

const hourMs = 60 * 60_000;
/** So long an answer to an alert's end, or to an outage, is worth reading. */
const worthMs = 24 * hourMs;
const trialWorthMs = 10 * 60_000;
/** Push services keep no message for longer than some weeks, and refuse one that asks for it. */
const footageWorthMs = 7 * 24 * hourMs;
/** That an alert began is told while it arms, when its end is not known; its end has a message that takes this one's place. */
const leastBegunMs = 10 * 60_000;

type AlertTopic = Extract<PushTopic, { kind: 'alertBegan' | 'extensionAsked' | 'alertEnded' }>;

export interface PushMessagesParts {
  db: Db;
  audit: Pick<Audit, 'recordAll'>;
  subscriptions: Pick<PushSubscriptions, 'endStale'>;
  /** Something is due now. */
  wake: () => void;
}

/** What an alert's record says, as far as owners are told of it. */
export interface ToldAlert {
  id: string;
  agencyId: string;
  siteId: string;
  isTest: boolean;
  trigger: Extract<PushTopic, { kind: 'alertBegan' }>['trigger'];
  stage: 'arming' | 'sharing' | 'extensionAsked' | 'ended';
  sharedAt: Date | null;
  until: Date;
  mayExtend: boolean;
  end: Extract<PushTopic, { kind: 'alertEnded' }>['end'];
}

/** Tells the browsers of a site's owner: the line and the messages are one commit, and delivery follows. */
export class PushMessages {
  readonly #parts: PushMessagesParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: PushMessagesParts) {
    this.#parts = parts;
  }

  /** Of an alert's stages those that its owner has to know of: its beginning, the question, its end. */
  async alertKept(alert: ToldAlert, before: { stage: ToldAlert['stage'] } | null): Promise<void> {
    const about = topicOfAlert(alert, before?.stage ?? null);
    if (about === null) return;
    // In the order of the stages: the last one's message is the one that stays.
    await this.#queue.run(alert.id, async () => {
      const now = new Date();
      const leftMs = alert.until.getTime() - now.getTime();
      const forMs = { alertBegan: Math.max(leastBegunMs, leftMs), extensionAsked: leftMs, alertEnded: worthMs };
      await this.send(alert, about, { now, expiresAt: new Date(now.getTime() + forMs[about.kind]) });
    });
  }

  /** Of a request for footage, at the sites whose owners were asked. Gives how many browsers are told. */
  async footageAsked(agencyId: string, siteIds: readonly string[], deadline: Date): Promise<number> {
    const now = new Date();
    const about = { kind: 'footageAsked' as const, deadline: deadline.toISOString() };
    const expiresAt = new Date(Math.min(deadline.getTime(), now.getTime() + footageWorthMs));
    let browsers = 0;
    for (const siteId of new Set(siteIds)) browsers += await this.send({ agencyId, siteId }, about, { now, expiresAt });
    return browsers;
  }

  async outageFound(
    site: { agencyId: string; siteId: string },
    about: Extract<PushTopic, { kind: 'cameraDown' }>,
  ): Promise<void> {
    const now = new Date();
    await this.send(site, about, { now, expiresAt: new Date(now.getTime() + worthMs) });
  }

  /** Gives how many browsers are told. */
  async send(
    { agencyId, siteId }: { agencyId: string; siteId: string },
    about: PushTopic,
    { now, expiresAt }: { now: Date; expiresAt: Date },
  ): Promise<number> {
    const { db, audit, subscriptions, wake } = this.#parts;
    await subscriptions.endStale(siteId);
    const to = await listSubscriptions(db, agencyId, siteId);
    if (to.length === 0) return 0;
    const line = {
      type: 'push.sent' as const,
      outcome: 'done' as const,
      actor: { kind: 'system' as const, agencyId },
      target: { kind: 'site' as const, id: siteId },
      details: { pushKind: about.kind, subscriptions: to.length },
    };
    const messages = to.map((subscription) => toMessage(subscription, about, now, expiresAt));
    await audit.recordAll([line], { with: (tx) => putMessages(tx, messages) });
    wake();
    return to.length;
  }
}

/** To one browser, to see that messages arrive. */
export async function putTrial(tx: Db, subscription: SubscriptionRow, now: Date): Promise<void> {
  await putMessages(tx, [toMessage(subscription, { kind: 'trial' }, now, new Date(now.getTime() + trialWorthMs))]);
}

function toMessage(subscription: SubscriptionRow, about: PushTopic, now: Date, expiresAt: Date) {
  const { id: subscriptionId, agencyId, siteId } = subscription;
  const topic = topicOf(about, siteId);
  return { id: newId(), agencyId, subscriptionId, topic, about, createdAt: now, expiresAt, nextTryAt: now };
}

function topicOfAlert(alert: ToldAlert, before: ToldAlert['stage'] | null): AlertTopic | null {
  const { id: alertId, isTest, stage, trigger, mayExtend, until, end, sharedAt } = alert;
  if (stage === before) return null;
  if (stage === 'ended') return { kind: 'alertEnded', alertId, isTest, end, hasShared: sharedAt !== null };
  if (stage === 'extensionAsked') {
    return { kind: 'extensionAsked', alertId, isTest, mayExtend, until: until.toISOString() };
  }
  // Of an alert that was heard of while it armed its sharing is no news, and of one that was lengthened neither.
  return before === null ? { kind: 'alertBegan', alertId, isTest, trigger } : null;
}
