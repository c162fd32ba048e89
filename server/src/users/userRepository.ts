import type { Role } from '@commonsight/types/permission';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { accounts, agencies, users } from '../db/schema.ts';
import { newId } from '../ids.ts';

export type UserRow = typeof users.$inferSelect;

/** An account as administrators see it. */
export interface Account {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: string;
  disabledAt: string | null;
}

export async function findUser(db: Db, agencyId: string, id: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id)))
    .limit(1);
  return row ?? null;
}

export function listUsers(db: Db, agencyId: string): Promise<UserRow[]> {
  return db.select().from(users).where(eq(users.agencyId, agencyId)).orderBy(asc(users.name), asc(users.id));
}

/** Inserts a user and the account of its password; null when the email is taken. Run it in a transaction. */
export async function insertUser(
  tx: Db,
  user: { id: string; agencyId: string; name: string; email: string; role: Role; passwordHash: string },
): Promise<UserRow | null> {
  const [row] = await tx
    .insert(users)
    .values({
      id: user.id,
      agencyId: user.agencyId,
      name: user.name,
      // better-auth looks emails up in lower case.
      email: user.email.toLowerCase(),
      emailVerified: true,
      role: user.role,
    })
    .onConflictDoNothing()
    .returning();
  if (row === undefined) return null;
  await tx.insert(accounts).values({
    id: newId(),
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: user.passwordHash,
  });
  return row;
}

export async function setPassword(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db
    .update(accounts)
    .set({ password: passwordHash, updatedAt: new Date() })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')));
}

/** Disables a user; null when it was disabled before. */
export async function disableUser(db: Db, agencyId: string, id: string, now: Date): Promise<UserRow | null> {
  const [row] = await db
    .update(users)
    .set({ disabledAt: now, updatedAt: now })
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id), isNull(users.disabledAt)))
    .returning();
  return row ?? null;
}

/** Takes a user's end back. */
export async function enableUser(db: Db, agencyId: string, id: string, now: Date): Promise<void> {
  await db
    .update(users)
    .set({ disabledAt: null, updatedAt: now })
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id)));
}

export async function findAgency(db: Db, id: string): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({ id: agencies.id, name: agencies.name })
    .from(agencies)
    .where(eq(agencies.id, id))
    .limit(1);
  return row ?? null;
}

export function toAccount(row: UserRow): Account {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}
