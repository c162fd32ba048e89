import type { SignInMethod } from '@commonsight/types/session';
import { and, eq, isNull } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import type { StartingSession } from './createAuth.ts';
import type { SessionRulesOf } from './sessionRules.ts';

/**
 * Decides about a session that better-auth is about to store, and writes it down first. Null: the account is disabled
 * or locked, and there is none.
 */
export async function startSession(
  { db, audit, rulesOf }: { db: Db; audit: Audit; rulesOf: SessionRulesOf },
  { id, userId, sourceAddress, path }: StartingSession,
): Promise<{ expiresAt: Date; method: SignInMethod } | null> {
  const [user] = await db
    .select({
      agencyId: users.agencyId,
      name: users.name,
      role: users.role,
      hasSecondFactor: users.twoFactorEnabled,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt), isNull(users.lockedAt)))
    .limit(1);
  if (user === undefined) return null;
  const { hasSecondFactor, ...who } = user;
  const actor = { kind: 'user' as const, userId, ...who, sessionId: id, sourceAddress };
  const method = methodOf(path);
  // better-auth makes a session for the password and takes it back when a second factor is due: nobody gets to know it.
  const isPending = method === 'password' && path === '/sign-in/email' && hasSecondFactor;
  await audit.record({
    type: isPending ? 'session.challenged' : 'session.started',
    outcome: 'done',
    actor,
    target: isPending ? { kind: 'user', id: userId } : { kind: 'session', id },
    details: { method },
  });
  const now = new Date();
  if (!isPending) await db.update(users).set({ lastSignInAt: now }).where(eq(users.id, userId));
  const { sessionMs } = await rulesOf(user.agencyId);
  return { expiresAt: new Date(now.getTime() + sessionMs), method };
}

function methodOf(path: string): SignInMethod {
  if (path.startsWith('/passkey/')) return 'passkey';
  return path.startsWith('/callback/') ? 'oidc' : 'password';
}
