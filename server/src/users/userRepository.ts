import type { Role } from '@commonsight/types/permission';
import type { Account } from '@commonsight/types/http/user-routes';
import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { accounts, agencies, invitations, users } from '../db/schema.ts';
import { newId } from '../ids.ts';

export type UserRow = typeof users.$inferSelect;

export async function findUser(db: Db, agencyId: string, id: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id)))
    .limit(1);
  return row ?? null;
}

/** Whether the account may be used; it cannot be disabled before the transaction's end. */
export async function lockActiveUser(tx: Db, agencyId: string, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id), isNull(users.disabledAt)))
    .for('share');
  return rows.length === 1;
}

export function listUsers(db: Db, agencyId: string): Promise<UserRow[]> {
  return db.select().from(users).where(eq(users.agencyId, agencyId)).orderBy(asc(users.name), asc(users.id));
}

/** A user to be made. Without a password it can be signed in to by invitation or the agency's own sign-in alone. */
export interface NewUser {
  id: string;
  agencyId: string;
  name: string;
  email: string;
  role: Role;
  passwordHash: string | null;
  acceptedNoticeVersion?: number;
}

/** Inserts a user and the account of its password; null when the email is taken. Run it in a transaction. */
export async function insertUser(tx: Db, user: NewUser): Promise<UserRow | null> {
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
      acceptedNoticeVersion: user.acceptedNoticeVersion ?? 0,
    })
    .onConflictDoNothing()
    .returning();
  if (row === undefined) return null;
  if (user.passwordHash !== null) await setPassword(tx, user.id, user.passwordHash);
  return row;
}

/** Gives the user this password, in place of one that is there. Run it in a transaction. */
export async function setPassword(tx: Db, userId: string, passwordHash: string): Promise<void> {
  const rows = await tx
    .update(accounts)
    .set({ password: passwordHash, updatedAt: new Date() })
    .where(ofPassword(userId))
    .returning({ id: accounts.id });
  if (rows.length > 0) return;
  const account = { id: newId(), userId, accountId: userId, providerId: 'credential', password: passwordHash };
  await tx.insert(accounts).values(account);
}

/** The hash of the user's password, or null when there is none. */
export async function findPasswordHash(db: Db, userId: string): Promise<string | null> {
  const [row] = await db.select({ password: accounts.password }).from(accounts).where(ofPassword(userId)).limit(1);
  return row?.password ?? null;
}

function ofPassword(userId: string) {
  return and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential'));
}

/** Changes a user of the agency; null when it has none of this id. */
export async function changeUser(
  db: Db,
  agencyId: string,
  id: string,
  change: Partial<Pick<UserRow, 'disabledAt' | 'enabledAt' | 'lockedAt'>>,
): Promise<UserRow | null> {
  const [row] = await db
    .update(users)
    .set({ ...change, updatedAt: new Date() })
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id)))
    .returning();
  return row ?? null;
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

/** The users as administrators see them, in the same order. */
export async function toAccounts(db: Db, rows: readonly UserRow[]): Promise<Account[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const withPassword = await db
    .select({ userId: accounts.userId })
    .from(accounts)
    .where(and(inArray(accounts.userId, ids), isNotNull(accounts.password)));
  const open = await db
    .select({ userId: invitations.userId, endsAt: invitations.endsAt })
    .from(invitations)
    .where(and(inArray(invitations.userId, ids), isNull(invitations.usedAt)))
    .orderBy(desc(invitations.createdAt));
  const hasPassword = new Set(withPassword.map((account) => account.userId));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    state: stateOf(row, hasPassword.has(row.id)),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lockedAt: row.lockedAt?.toISOString() ?? null,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    hasSecondFactor: row.twoFactorEnabled,
    invitationEndsAt: open.find(({ userId }) => userId === row.id)?.endsAt.toISOString() ?? null,
  }));
}

function stateOf(row: UserRow, hasPassword: boolean): Account['state'] {
  if (row.disabledAt !== null) return 'disabled';
  if (row.lockedAt !== null) return 'locked';
  return hasPassword || row.lastSignInAt !== null ? 'active' : 'invited';
}
