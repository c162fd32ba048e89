import { and, count, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { signInTries, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { SessionRules } from './sessionRules.ts';

/** Whose factor is tried; for an email that nobody has, a made-up user of no agency. */
export interface TriedUser {
  userId: string;
  agencyId: string | null;
}

/** One try to prove a factor. */
export interface FactorTry {
  user: TriedUser;
  factor: 'password' | 'totp' | 'backupCode' | 'passkey';
  /** Who tries: nobody known, or the user of a session that wants to be unlocked or changed. */
  actor: Actor;
  /** Looks at the factor. Not called when no further try is allowed. */
  check: () => Promise<boolean>;
  /** Takes as long as `check`, so that the time does not tell that it was not called. */
  pretend?: () => Promise<unknown>;
}

/**
 * SES5: the one way in which a factor is tried. Each try is a record before the factor is looked at and is taken back
 * when it was right, so that neither a restart nor many tries at once give more than the rules allow.
 */
export class FailedTries {
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #rules: SessionRules;

  constructor(parts: { db: Db; audit: Audit; rules: SessionRules }) {
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#rules = parts.rules;
  }

  /** Resolves when the factor was right; else writes it down and throws `wrongCredentials`, whatever was wrong. */
  async prove(attempt: FactorTry): Promise<void> {
    const tryId = newId();
    const isAllowed = await this.#open(tryId, attempt.user);
    if (!isAllowed) await attempt.pretend?.();
    if (isAllowed && (await attempt.check())) {
      await this.#db.delete(signInTries).where(eq(signInTries.id, tryId));
      return;
    }
    await this.#refuse(attempt);
    throw new CodedError('wrongCredentials');
  }

  /** Forgets the failed tries of a user who is signed in, or whose account was released. */
  async forget(userId: string): Promise<void> {
    await this.#db.delete(signInTries).where(eq(signInTries.userId, userId));
  }

  /** Deletes the tries that count no more; those of a locked account have done their work. */
  async deleteOld(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.#rules.failedTriesWindowMs);
    await this.#db.delete(signInTries).where(lt(signInTries.at, before));
  }

  /** Counts and adds under the user's lock: tries at the same moment wait for each other. */
  async #open(tryId: string, { userId }: TriedUser): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const [user] = await tx
        .select({ lockedAt: users.lockedAt })
        .from(users)
        .where(eq(users.id, userId))
        .for('update');
      const tries = await this.#count(tx, userId);
      const isAllowed = (user?.lockedAt ?? null) === null && tries < this.#rules.failedTries;
      // Also for one that is not allowed the same is written, and taken back.
      await tx.insert(signInTries).values({ id: tryId, userId, at: new Date() });
      if (!isAllowed) await tx.delete(signInTries).where(inArray(signInTries.id, [tryId]));
      return isAllowed;
    });
  }

  async #refuse({ user, factor, actor }: FactorTry): Promise<void> {
    const isKnown = user.agencyId !== null;
    const target = isKnown ? { kind: 'user' as const, id: user.userId } : null;
    await this.#audit.record({
      type: 'session.refused',
      outcome: 'refused',
      actor,
      agencyId: user.agencyId,
      target,
      details: { code: 'wrongCredentials', factor },
    });
    if ((await this.#count(this.#db, user.userId)) < this.#rules.failedTries || target === null) return;
    const [row] = await this.#db.select({ lockedAt: users.lockedAt }).from(users).where(eq(users.id, user.userId));
    if (row === undefined || row.lockedAt !== null) return;
    await this.#audit.record({
      type: 'user.locked',
      outcome: 'done',
      actor: { kind: 'system', agencyId: user.agencyId },
      target,
      details: { failedTries: this.#rules.failedTries },
    });
    await this.#db.update(users).set({ lockedAt: new Date() }).where(eq(users.id, user.userId));
  }

  async #count(db: Db, userId: string): Promise<number> {
    const since = new Date(Date.now() - this.#rules.failedTriesWindowMs);
    const [row] = await db
      .select({ tries: count() })
      .from(signInTries)
      .where(and(eq(signInTries.userId, userId), gt(signInTries.at, since)));
    return row?.tries ?? 0;
  }
}

/** Stands for a user where there is none, so that the same is done. */
export function nobody(): TriedUser {
  return { userId: newId(), agencyId: null };
}
