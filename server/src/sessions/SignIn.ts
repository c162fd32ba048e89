import { eq } from 'drizzle-orm';
import { hashPassword } from 'better-auth/crypto';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import { type AuthDoor, assertNoFault, type Caller, withoutSession } from './AuthDoor.ts';
import type { Auth } from './createAuth.ts';
import { type FailedTries, type TriedUser, nobody } from './FailedTries.ts';
import { toWebHeaders } from './toWebHeaders.ts';
import type { UsedCodes } from './UsedCodes.ts';

/** A sign-in that went on: what comes next, and the cookies for it. */
export interface SignedIn {
  next: 'session' | 'secondFactor';
  cookies: string[];
}

export type SecondFactorProof = { factor: 'totp' | 'backupCode'; code: string };

export interface SignInParts {
  db: Db;
  auth: Pick<Auth, 'api'>;
  door: AuthDoor;
  tries: FailedTries;
  usedCodes: UsedCodes;
}

/** Signs people in: better-auth looks at the factors, within the tries that are allowed. */
export class SignIn {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  async withPassword(credentials: { email: string; password: string }, caller: Caller): Promise<SignedIn> {
    const user = (await this.#findUser(eq(users.email, credentials.email.toLowerCase()))) ?? nobody();
    let answer: Response | null = null;
    await this.#parts.tries.prove({
      user,
      factor: 'password',
      actor: { kind: 'anonymous', sourceAddress: caller.sourceAddress },
      check: async () => {
        answer = await this.#parts.door.ask('/sign-in/email', caller, credentials);
        assertNoFault(answer);
        return answer.ok;
      },
      pretend: () => hashPassword(credentials.password),
    });
    return this.#signedIn(user, answer);
  }

  /** The second step. Who has not proved the password before is refused like who has a wrong code. */
  async withSecondFactor({ factor, code }: SecondFactorProof, caller: Caller): Promise<SignedIn> {
    const { api } = this.#parts.auth;
    const pendingId = await api.readPendingUser({ headers: toWebHeaders({ cookie: caller.headers.cookie ?? '' }) });
    const user = (pendingId === null ? null : await this.#findUser(eq(users.id, pendingId))) ?? nobody();
    let answer: Response | null = null;
    const ask = async () => {
      const path = factor === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
      answer = await this.#parts.door.ask(path, withoutSession(caller), { code });
      assertNoFault(answer);
      return answer.ok;
    };
    await this.#parts.tries.prove({
      user,
      factor,
      actor: { kind: 'anonymous', sourceAddress: caller.sourceAddress },
      check: async () => {
        if (user.agencyId === null) return false;
        return factor === 'totp' ? this.#parts.usedCodes.useOnce(user.userId, code, ask) : ask();
      },
    });
    return this.#signedIn(user, answer);
  }

  async #signedIn({ userId }: TriedUser, answer: Response | null): Promise<SignedIn> {
    if (answer === null) throw new Error('A factor was taken without an answer.');
    const body: unknown = await answer.json();
    const isPending = typeof body === 'object' && body !== null && 'twoFactorRedirect' in body;
    // The password alone forgets nothing: else each new sign-in would allow more tries at the second factor.
    if (!isPending) await this.#parts.tries.forget(userId);
    return { next: isPending ? 'secondFactor' : 'session', cookies: answer.headers.getSetCookie() };
  }

  async #findUser(which: ReturnType<typeof eq>): Promise<TriedUser | null> {
    const [user] = await this.#parts.db
      .select({ userId: users.id, agencyId: users.agencyId })
      .from(users)
      .where(which)
      .limit(1);
    return user ?? null;
  }
}
