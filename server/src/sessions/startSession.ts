import type { SignInMethod } from '@commonsight/types/session';
import { and, eq, isNull } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { agencies, users } from '../db/schema.ts';
import type { StartingSession } from './createAuth.ts';
import type { SessionRulesOf } from './sessionRules.ts';

/**
 * Decides about a session that better-auth is about to store, and writes it down first. Null: the account is disabled
 * or locked, or the provider cannot vouch for it, and there is none.
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
  // The provider is one agency's and vouches for any email: it must not open the accounts of another one.
  if (method === 'oidc' && (await db.$count(agencies)) > 1) return null;
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
