import { type SQL, and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { sessions, users } from '../db/schema.ts';

/** A session that has not ended together with what its user says about it. */
export type SessionRow = Awaited<ReturnType<typeof listSessions>>[number];

const columns = {
  sessionId: sessions.id,
  userId: users.id,
  name: users.name,
  agencyId: users.agencyId,
  role: users.role,
  acceptedNoticeVersion: users.acceptedNoticeVersion,
  hasSecondFactor: users.twoFactorEnabled,
  userIsLocked: users.lockedAt,
  method: sessions.method,
  deviceClass: sessions.deviceClass,
  userAgent: sessions.userAgent,
  address: sessions.ipAddress,
  startedAt: sessions.createdAt,
  lastActiveAt: sessions.lastActiveAt,
  lockedAt: sessions.lockedAt,
  endsAt: sessions.expiresAt,
};

/** Sessions that run now, of users who are not disabled, newest first. */
export function listSessions(db: Db, which: SQL | undefined, now: Date) {
  return db
    .select(columns)
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(which, gt(sessions.expiresAt, now), isNull(users.disabledAt)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id));
}

export async function findSession(db: Db, which: SQL | undefined, now: Date): Promise<SessionRow | null> {
  return (await listSessions(db, which, now).limit(1))[0] ?? null;
}
