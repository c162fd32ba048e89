import type { PushTopic } from '@commonsight/types/push';
import { and, asc, count, eq, inArray, isNotNull, isNull, lte, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { ledgerLinks, pushMessages, pushSubscriptions, relays, relaySharing, sites } from '../db/schema.ts';

export type SubscriptionRow = typeof pushSubscriptions.$inferSelect;
export type MessageRow = typeof pushMessages.$inferSelect;

/** A message that is due, with where it goes to. */
export interface DueMessage {
  message: MessageRow;
  subscription: SubscriptionRow;
  siteName: string;
}

/** Whose link was revoked, whose relay was, or whose key the relay does not keep any more. One that cannot read its keys says nothing. */
const isStale = (): SQL | undefined =>
  or(
    isNotNull(ledgerLinks.revokedAt),
    isNotNull(relays.revokedAt),
    isNull(relaySharing.relayId),
    sql`${relaySharing.told} ->> 'state' <> 'damaged' and not (${relaySharing.told} -> 'ownerKeys' @> to_jsonb(${pushSubscriptions.ownerKey}))`,
  );

export async function listStale(db: Db, siteId?: string): Promise<SubscriptionRow[]> {
  const rows = await db
    .select({ row: pushSubscriptions })
    .from(pushSubscriptions)
    .innerJoin(ledgerLinks, eq(ledgerLinks.id, pushSubscriptions.linkId))
    .innerJoin(relays, eq(relays.id, pushSubscriptions.relayId))
    .leftJoin(relaySharing, eq(relaySharing.relayId, pushSubscriptions.relayId))
    .where(and(siteId === undefined ? undefined : eq(pushSubscriptions.siteId, siteId), isStale()));
  return rows.map(({ row }) => row);
}

/** A site's, the oldest first. */
export function listSubscriptions(db: Db, agencyId: string, siteId: string): Promise<SubscriptionRow[]> {
  return db
    .select()
    .from(pushSubscriptions)
    .where(and(eq(pushSubscriptions.agencyId, agencyId), eq(pushSubscriptions.siteId, siteId)))
    .orderBy(asc(pushSubscriptions.id));
}

export async function findSubscription(
  db: Db,
  of: { agencyId: string; siteId: string },
  id: string,
): Promise<SubscriptionRow | null> {
  const [row] = await db
    .select()
    .from(pushSubscriptions)
    .where(
      and(
        eq(pushSubscriptions.agencyId, of.agencyId),
        eq(pushSubscriptions.siteId, of.siteId),
        eq(pushSubscriptions.id, id),
      ),
    )
    .limit(1);
  return row ?? null;
}

export async function countSubscriptions(db: Db, agencyId: string, siteId: string): Promise<number> {
  const [row] = await db
    .select({ number: count() })
    .from(pushSubscriptions)
    .where(and(eq(pushSubscriptions.agencyId, agencyId), eq(pushSubscriptions.siteId, siteId)));
  return row?.number ?? 0;
}

/** Takes the place of what the same browser had; messages for that go with it. */
export async function replaceSubscription(tx: Db, row: typeof pushSubscriptions.$inferInsert): Promise<void> {
  await tx
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.relayId, row.relayId), eq(pushSubscriptions.endpointHash, row.endpointHash)));
  await tx.insert(pushSubscriptions).values(row);
}

/** Removes one with its messages; null when it is gone already. */
export async function removeSubscription(tx: Db, id: string): Promise<SubscriptionRow | null> {
  const [row] = await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.id, id)).returning();
  return row ?? null;
}

/**
 * Puts messages on their way. A later one of a topic takes the place of one that was not taken yet. A subscription that has
 * ended since it was listed gets none, and keeps none from the others.
 */
export async function putMessages(tx: Db, rows: readonly (typeof pushMessages.$inferInsert)[]): Promise<void> {
  const ids = rows.map(({ subscriptionId }) => subscriptionId);
  const there = await tx
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .where(inArray(pushSubscriptions.id, ids))
    .for('key share');
  const known = new Set(there.map(({ id }) => id));
  const put = rows.filter(({ subscriptionId }) => known.has(subscriptionId));
  if (put.length === 0) return;
  await tx
    .insert(pushMessages)
    .values(put)
    .onConflictDoUpdate({
      target: [pushMessages.subscriptionId, pushMessages.topic],
      set: {
        id: sql`excluded.id`,
        about: sql`excluded.about`,
        createdAt: sql`excluded.created_at`,
        expiresAt: sql`excluded.expires_at`,
        nextTryAt: sql`excluded.next_try_at`,
        tries: 0,
      },
    });
}

/** Kinds that cannot wait behind others. */
const isOfAlert = sql`${pushMessages.about} ->> 'kind' in ('alertBegan', 'extensionAsked', 'alertEnded')`;

/**
 * Takes messages that are due, so that no other server takes them until the moment; the first due first. Of each subscription one,
 * and none of those that are `busy`. `which`: alerts' messages, or the others.
 */
export async function takeDue(
  db: Db,
  {
    now,
    until,
    limit,
    busy,
    which,
  }: { now: Date; until: Date; limit: number; busy: string[]; which: 'alerts' | 'others' },
): Promise<DueMessage[]> {
  if (limit <= 0) return [];
  const isDue = and(
    lte(pushMessages.nextTryAt, now),
    which === 'alerts' ? isOfAlert : not(isOfAlert),
    busy.length === 0 ? undefined : notInArray(pushMessages.subscriptionId, busy),
  );
  const firsts = db
    .selectDistinctOn([pushMessages.subscriptionId], { id: pushMessages.id, nextTryAt: pushMessages.nextTryAt })
    .from(pushMessages)
    .where(isDue)
    .orderBy(pushMessages.subscriptionId, asc(pushMessages.nextTryAt))
    .as('firsts');
  const due = db.select({ id: firsts.id }).from(firsts).orderBy(asc(firsts.nextTryAt)).limit(limit);
  const taken = await db
    .update(pushMessages)
    .set({ nextTryAt: until, tries: sql`${pushMessages.tries} + 1` })
    .where(and(inArray(pushMessages.id, due), lte(pushMessages.nextTryAt, now)))
    .returning();
  if (taken.length === 0) return [];
  const subscriptions = await db
    .select({ subscription: pushSubscriptions, siteName: sites.name })
    .from(pushSubscriptions)
    .innerJoin(sites, eq(sites.id, pushSubscriptions.siteId))
    .where(
      inArray(
        pushSubscriptions.id,
        taken.map(({ subscriptionId }) => subscriptionId),
      ),
    );
  return taken.flatMap((message) => {
    const found = subscriptions.find(({ subscription }) => subscription.id === message.subscriptionId);
    return found === undefined ? [] : [{ message, ...found }];
  });
}

/** Gives back a message that was taken and not tried. */
export async function putBackMessage(db: Db, id: string, nextTryAt: Date): Promise<void> {
  await db
    .update(pushMessages)
    .set({ nextTryAt, tries: sql`${pushMessages.tries} - 1` })
    .where(eq(pushMessages.id, id));
}

export async function postponeMessage(db: Db, id: string, nextTryAt: Date): Promise<void> {
  await db.update(pushMessages).set({ nextTryAt }).where(eq(pushMessages.id, id));
}

export async function removeMessage(db: Db, id: string): Promise<void> {
  await db.delete(pushMessages).where(eq(pushMessages.id, id));
}

/** When the next message is due; null without one. */
export async function nextDueAt(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ nextTryAt: pushMessages.nextTryAt })
    .from(pushMessages)
    .orderBy(asc(pushMessages.nextTryAt))
    .limit(1);
  return row?.nextTryAt ?? null;
}

export async function noteTaken(db: Db, subscriptionId: string, at: Date): Promise<void> {
  await db.update(pushSubscriptions).set({ takenAt: at, failures: 0 }).where(eq(pushSubscriptions.id, subscriptionId));
}

/** How many in a row that makes. */
export async function noteFailure(db: Db, subscriptionId: string): Promise<number> {
  const [row] = await db
    .update(pushSubscriptions)
    .set({ failures: sql`${pushSubscriptions.failures} + 1` })
    .where(eq(pushSubscriptions.id, subscriptionId))
    .returning({ failures: pushSubscriptions.failures });
  return row?.failures ?? 0;
}

/** The sites at which somebody gets messages. */
export function listPushedSites(db: Db): Promise<{ agencyId: string; siteId: string }[]> {
  return db
    .selectDistinct({ agencyId: pushSubscriptions.agencyId, siteId: pushSubscriptions.siteId })
    .from(pushSubscriptions);
}

/** What a message is about stands in its record alone; this is what one is told apart by. */
export function topicOf(about: PushTopic, siteId: string): string {
  switch (about.kind) {
    case 'alertBegan':
    case 'extensionAsked':
    case 'alertEnded':
      return `alert ${about.alertId}`;
    case 'footageAsked':
      return `footage ${siteId}`;
    case 'cameraDown':
      return `outage ${siteId} ${about.isRelay ? 'relay' : 'cameras'}`;
    case 'trial':
      return 'trial';
    default:
      return about satisfies never;
  }
}
