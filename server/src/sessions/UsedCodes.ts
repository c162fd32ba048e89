import { createHash } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { usedCodes } from '../db/schema.ts';

/** Longer than a code is valid: its own half minute and the ones beside it. */
const keptMs = 5 * 60_000;

/** Lets a code of an authenticator app work once (SES6): better-auth takes it as often as it comes while it is valid. */
export class UsedCodes {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Answers false for a code that was used or is being used; one that turns out wrong may be tried again. */
  async useOnce(userId: string, code: string, check: () => Promise<boolean>): Promise<boolean> {
    const codeHash = createHash('sha256').update(`${userId} ${code}`).digest('base64url');
    const taken = await this.#db
      .insert(usedCodes)
      .values({ userId, codeHash, usedAt: new Date() })
      .onConflictDoNothing()
      .returning({ userId: usedCodes.userId });
    if (taken.length === 0) return false;
    const isRight = await check();
    if (!isRight) {
      await this.#db.delete(usedCodes).where(and(eq(usedCodes.userId, userId), eq(usedCodes.codeHash, codeHash)));
    }
    return isRight;
  }

  async deleteOld(now: Date): Promise<void> {
    await this.#db.delete(usedCodes).where(lt(usedCodes.usedAt, new Date(now.getTime() - keptMs)));
  }
}
