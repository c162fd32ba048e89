import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import { endGrantsOfUser } from '../grants/grantRepository.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import { disableUser } from './userRepository.ts';

/**
 * Disables the accounts that nobody has signed in to for `unusedMs`, counted from their making or last enabling at the
 * earliest. An agency keeps its last administrator: without one nobody could be enabled again. Run by a timer.
 */
export async function disableUnused(
  { db, audit, sessions }: { db: Db; audit: Audit; sessions: Pick<Sessions, 'endAllOfUser'> },
  unusedMs: number,
  now: Date,
): Promise<void> {
  const lastUse = sql<Date>`greatest(${users.createdAt}, ${users.lastSignInAt}, ${users.enabledAt})`;
  const unused = await db
    .select({ id: users.id, agencyId: users.agencyId, role: users.role })
    .from(users)
    .where(and(isNull(users.disabledAt), sql`${lastUse} < ${new Date(now.getTime() - unusedMs).toISOString()}`));
  for (const { id, agencyId, role } of unused) {
    if (role === 'administrator' && !(await hasAnotherAdministrator(db, agencyId, id))) continue;
    await audit.record({
      type: 'user.disabled',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'user', id },
      details: { reason: 'unused' },
    });
    await db.transaction(async (tx) => {
      await disableUser(tx, agencyId, id, now);
      await endGrantsOfUser(tx, agencyId, id, now);
    });
    await sessions.endAllOfUser({ agencyId, userId: id }, 'userDisabled');
  }
}

async function hasAnotherAdministrator(db: Db, agencyId: string, id: string): Promise<boolean> {
  const [other] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.agencyId, agencyId), eq(users.role, 'administrator'), isNull(users.disabledAt), ne(users.id, id)),
    )
    .limit(1);
  return other !== undefined;
}
