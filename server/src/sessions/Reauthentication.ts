import type { Reauthentication as Proof } from '@commonsight/types/grant-request';
import { eq } from 'drizzle-orm';
import type { UserActor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { Factors } from './Factors.ts';
import type { Sessions } from './Sessions.ts';

/**
 * Asks the person at a running session for a factor again. A wrong one counts as at sign-in (SES5), and who tries too
 * often loses the session with the account.
 */
export class Reauthentication {
  readonly #db: Db;
  readonly #factors: Factors;
  readonly #sessions: Pick<Sessions, 'end'>;

  constructor(parts: { db: Db; factors: Factors; sessions: Pick<Sessions, 'end'> }) {
    this.#db = parts.db;
    this.#factors = parts.factors;
    this.#sessions = parts.sessions;
  }

  /** Throws `wrongCredentials`. */
  prove(actor: UserActor, proof: Proof): Promise<void> {
    return this.guard(actor, () =>
      proof.factor === 'password'
        ? this.#factors.provePassword(actor, proof.password)
        : this.#factors.proveCode(actor, proof.code, { isVerified: true }),
    );
  }

  /** The same with whatever proves it. */
  async guard(actor: UserActor, prove: () => Promise<void>): Promise<void> {
    try {
      await prove();
    } catch (error) {
      if (error instanceof CodedError && error.code === 'wrongCredentials') await this.#endIfAccountIsLocked(actor);
      throw error;
    }
  }

  async #endIfAccountIsLocked(actor: UserActor): Promise<void> {
    const [user] = await this.#db.select({ lockedAt: users.lockedAt }).from(users).where(eq(users.id, actor.userId));
    if ((user?.lockedAt ?? null) !== null) await this.#sessions.end(actor, 'accountChanged');
  }
}
