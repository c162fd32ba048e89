import type { RouteBody } from '@commonsight/types/http/route';
import type { sessionRoutes } from '@commonsight/types/http/session-routes';
import type { OwnSession } from '@commonsight/types/session';
import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { sessions as table, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { NoticeMap, Notices } from '../notices.ts';
import type { Caller } from './AuthDoor.ts';
import type { Factors } from './Factors.ts';
import type { FailedTries } from './FailedTries.ts';
import type { Sessions } from './Sessions.ts';
import type { SessionRulesOf } from './sessionRules.ts';

type Proof = RouteBody<(typeof sessionRoutes)['unlockSession']>;
type LockReason = NoticeMap['sessionLocked']['reason'];
interface LockedSession {
  sessionId: string;
  userId: string;
  agencyId: string;
}

export interface SessionLockParts {
  db: Db;
  audit: Audit;
  notices: Notices;
  sessions: Sessions;
  factors: Factors;
  tries: Pick<FailedTries, 'forget'>;
  rulesOf: SessionRulesOf;
  /** Whether the browser's answer proves a passkey of the user. */
  isPasskeyOf: (userId: string, response: { id: string }, caller: Caller) => Promise<boolean>;
}

/** Locks sessions that nobody uses, and unlocks them for their own user (SES2, SES3). */
export class SessionLocks {
  readonly #parts: SessionLockParts;

  constructor(parts: SessionLockParts) {
    this.#parts = parts;
  }

  /** The user did something just now, by this server's clock. */
  async reportActivity(actor: UserActor): Promise<OwnSession> {
    await this.#parts.db.update(table).set({ lastActiveAt: new Date() }).where(eq(table.id, actor.sessionId));
    return this.#parts.sessions.describe(actor);
  }

  async lock(actor: UserActor): Promise<OwnSession> {
    if (actor.deviceClass === 'wallDisplay') throw new CodedError('conflict', 'A wall display does not lock.');
    await this.#lock(actor, actor, 'user');
    return this.#parts.sessions.describe(actor);
  }

  /** Locks the sessions without activity. Run by a timer. */
  async lockIdle(now: Date): Promise<void> {
    const open = await this.#parts.db
      .select({
        sessionId: table.id,
        userId: users.id,
        agencyId: users.agencyId,
        lastActiveAt: table.lastActiveAt,
      })
      .from(table)
      .innerJoin(users, eq(users.id, table.userId))
      .where(and(isNull(table.lockedAt), ne(table.deviceClass, 'wallDisplay'), gt(table.expiresAt, now)));
    for (const { lastActiveAt, ...session } of open) {
      const { idleLockMs } = await this.#parts.rulesOf(session.agencyId);
      if (lastActiveAt.getTime() + idleLockMs > now.getTime()) continue;
      await this.#lock({ kind: 'system', agencyId: session.agencyId }, session, 'idle');
    }
  }

  /** Unlocks the actor's own session with one factor; answers it with its new cookies. */
  async unlock(actor: UserActor, proof: Proof, caller: Caller): Promise<{ session: OwnSession; cookies: string[] }> {
    const { state } = await this.#parts.sessions.describe(actor);
    if (state !== 'locked') throw new CodedError('conflict', 'The session is not locked.');
    try {
      await this.#prove(actor, proof, caller);
    } catch (error) {
      if (error instanceof CodedError && error.code === 'wrongCredentials') await this.#endIfAccountIsLocked(actor);
      throw error;
    }
    await this.#parts.audit.record({
      type: 'session.unlocked',
      outcome: 'done',
      actor,
      target: { kind: 'session', id: actor.sessionId },
      details: { factor: proof.factor },
    });
    await this.#parts.tries.forget(actor.userId);
    // The token first: with the old cookie nobody finds the session open.
    const cookies = await this.#parts.sessions.renewToken(actor.sessionId, {
      lockedAt: null,
      lastActiveAt: new Date(),
    });
    const { agencyId, userId, sessionId } = actor;
    void this.#parts.notices.tell('sessionUnlocked', { agencyId, userId, sessionId });
    return { session: await this.#parts.sessions.describe(actor), cookies };
  }

  async #prove(actor: UserActor, proof: Proof, caller: Caller): Promise<void> {
    const { factors } = this.#parts;
    if (proof.factor !== 'passkey') return factors.reauthenticate(actor, proof);
    const check = () => this.#parts.isPasskeyOf(actor.userId, proof.response, caller);
    return factors.prove(actor, 'passkey', check);
  }

  /** Who tries too often at a locked session loses it. */
  async #endIfAccountIsLocked(actor: UserActor): Promise<void> {
    const [user] = await this.#parts.db
      .select({ lockedAt: users.lockedAt })
      .from(users)
      .where(eq(users.id, actor.userId));
    if ((user?.lockedAt ?? null) !== null) await this.#parts.sessions.end(actor, 'accountChanged');
  }

  async #lock(actor: Actor, { sessionId, userId, agencyId }: LockedSession, reason: LockReason): Promise<void> {
    await this.#parts.audit.record({
      type: 'session.locked',
      outcome: 'done',
      actor,
      target: { kind: 'session', id: sessionId },
      details: { reason, userId },
    });
    await this.#parts.db.update(table).set({ lockedAt: new Date() }).where(eq(table.id, sessionId));
    // Resolves when the pictures stand still.
    await this.#parts.notices.tell('sessionLocked', { agencyId, userId, sessionId, reason });
  }
}
