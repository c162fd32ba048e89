import type { Message } from '@commonsight/types/message';
import { type SQL, and, desc, eq, isNull, lt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db/Database.ts';
import { messages, users } from '../db/schema.ts';

export type NewMessage = Omit<typeof messages.$inferInsert, 'acknowledgedAt'>;

const senders = alias(users, 'senders');

/** An agency's messages, newest first. */
export async function listMessages(
  db: Db,
  agencyId: string,
  which: SQL | undefined,
  limit: number,
): Promise<Message[]> {
  const rows = await db
    .select({
      message: messages,
      by: { id: senders.id, name: senders.name, role: senders.role },
      to: { id: users.id, name: users.name, role: users.role },
    })
    .from(messages)
    .innerJoin(users, eq(users.id, messages.userId))
    .innerJoin(senders, eq(senders.id, messages.sentBy))
    .where(and(eq(messages.agencyId, agencyId), which))
    .orderBy(desc(messages.sentAt), desc(messages.id))
    .limit(limit);
  return rows.map(({ message, by, to }) => ({
    id: message.id,
    by,
    to,
    text: message.text,
    sentAt: message.sentAt.toISOString(),
    acknowledgedAt: message.acknowledgedAt?.toISOString() ?? null,
  }));
}

export async function insertMessage(db: Db, message: NewMessage): Promise<void> {
  await db.insert(messages).values(message);
}

export async function acknowledgeMessage(db: Db, agencyId: string, id: string, at: Date): Promise<void> {
  await db
    .update(messages)
    .set({ acknowledgedAt: at })
    .where(and(eq(messages.agencyId, agencyId), eq(messages.id, id), isNull(messages.acknowledgedAt)));
}

export async function deleteMessagesBefore(db: Db, before: Date): Promise<void> {
  await db.delete(messages).where(lt(messages.sentAt, before));
}
