import { createOTP } from '@better-auth/utils/otp';
import { symmetricDecrypt, verifyPassword } from 'better-auth/crypto';
import type { Reauthentication } from '@commonsight/types/grant-request';
import { eq } from 'drizzle-orm';
import type { UserActor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { twoFactors } from '../db/schema.ts';
import { findPasswordHash } from '../users/userRepository.ts';
import type { Auth } from './createAuth.ts';
import type { FailedTries } from './FailedTries.ts';
import type { UsedCodes } from './UsedCodes.ts';

/** As better-auth makes its secrets. */
const codeForm = { digits: 6, period: 30 };

export interface FactorParts {
  db: Db;
  auth: Pick<Auth, '$context'>;
  tries: FailedTries;
  usedCodes: UsedCodes;
}

/** Proves that the person at a session is its user: within the tries that are allowed, else `wrongCredentials`. */
export class Factors {
  readonly #parts: FactorParts;

  constructor(parts: FactorParts) {
    this.#parts = parts;
  }

  async provePassword(actor: UserActor, password: string): Promise<void> {
    await this.#parts.tries.prove({
      user: actor,
      factor: 'password',
      actor,
      check: async () => {
        const hash = await findPasswordHash(this.#parts.db, actor.userId);
        return hash !== null && (await verifyPassword({ hash, password }));
      },
    });
  }

  /** With the secret that stands, or with the one that is just being set up (`isVerified: false`). */
  async proveCode(actor: UserActor, code: string, { isVerified }: { isVerified: boolean }): Promise<void> {
    await this.#parts.tries.prove({
      user: actor,
      factor: 'totp',
      actor,
      check: () =>
        this.#parts.usedCodes.useOnce(actor.userId, code, async () => {
          const { db, auth } = this.#parts;
          const [row] = await db.select().from(twoFactors).where(eq(twoFactors.userId, actor.userId)).limit(1);
          if (row === undefined || row.verified !== isVerified) return false;
          const { secretConfig } = await auth.$context;
          const secret = await symmetricDecrypt({ key: secretConfig, data: row.secret });
          return createOTP(secret, codeForm).verify(code);
        }),
    });
  }

  /**
   * Asks the person at a running session for a factor again. The session goes on also when this locks the account: else
   * anybody who locks it from outside would take the pictures from who asks for more.
   */
  reauthenticate(actor: UserActor, proof: Reauthentication): Promise<void> {
    if (proof.factor === 'password') return this.provePassword(actor, proof.password);
    return this.proveCode(actor, proof.code, { isVerified: true });
  }

  /** Proves whatever else there is, such as a passkey. */
  async prove(actor: UserActor, factor: 'passkey', check: () => Promise<boolean>): Promise<void> {
    await this.#parts.tries.prove({ user: actor, factor, actor, check });
  }
}
