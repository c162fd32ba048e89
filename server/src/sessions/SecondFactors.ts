import { hashPassword } from 'better-auth/crypto';
import type { PasswordAdvice } from '@commonsight/types/password';
import type { AuditType } from '@commonsight/types/audit-event';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { twoFactors, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { findUser, setPassword } from '../users/userRepository.ts';
import { type AuthDoor, assertNoFault, type Caller } from './AuthDoor.ts';
import type { Factors } from './Factors.ts';
import { assertPassword } from './passwordPolicy.ts';
import type { Sessions } from './Sessions.ts';
import { type SessionRulesOf, demandsSecondFactor } from './sessionRules.ts';

const enabledSchema = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
const codesSchema = z.object({ backupCodes: z.array(z.string()) });

export interface SecondFactorParts {
  db: Db;
  audit: Audit;
  door: AuthDoor;
  factors: Factors;
  sessions: Sessions;
  rulesOf: SessionRulesOf;
}

/** What users change about their own ways to sign in: each change asks for the password, and ends their other sessions. */
export class SecondFactors {
  readonly #parts: SecondFactorParts;

  constructor(parts: SecondFactorParts) {
    this.#parts = parts;
  }

  /** Makes a secret and backup codes, which count from `confirm` on. */
  async begin(actor: UserActor, password: string, caller: Caller) {
    await this.#assertAttended(actor);
    if (await this.#isOn(actor)) throw new CodedError('conflict', 'A second factor is set up already.');
    await this.#parts.factors.provePassword(actor, password);
    await this.#record(actor, 'secondFactor.begun');
    const answer = await this.#parts.door.ask('/two-factor/enable', caller, { password });
    const { totpURI, backupCodes } = enabledSchema.parse(await bodyOf(answer));
    return { uri: totpURI, secret: new URL(totpURI).searchParams.get('secret') ?? '', backupCodes };
  }

  /** Turns the second factor on; answers the session's new cookies. */
  async confirm(actor: UserActor, code: string): Promise<string[]> {
    await this.#assertAttended(actor);
    await this.#parts.factors.proveCode(actor, code, { isVerified: false });
    await this.#record(actor, 'secondFactor.enabled');
    await this.#parts.db.transaction(async (tx) => {
      await tx.update(twoFactors).set({ verified: true }).where(eq(twoFactors.userId, actor.userId));
      await tx.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, actor.userId));
    });
    return this.#beginAnew(actor);
  }

  async remove(actor: UserActor, password: string): Promise<string[]> {
    await this.#assertAttended(actor);
    if (demandsSecondFactor(await this.#parts.rulesOf(actor.agencyId), actor.role)) {
      throw new CodedError('conflict', 'Your agency demands a second factor.');
    }
    await this.#parts.factors.provePassword(actor, password);
    await this.#record(actor, 'secondFactor.removed');
    await this.#parts.db.transaction(async (tx) => {
      await tx.delete(twoFactors).where(eq(twoFactors.userId, actor.userId));
      await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, actor.userId));
    });
    return this.#beginAnew(actor);
  }

  async renewBackupCodes(actor: UserActor, password: string, caller: Caller): Promise<{ backupCodes: string[] }> {
    await this.#assertAttended(actor);
    if (!(await this.#isOn(actor))) throw new CodedError('conflict', 'There is no second factor yet.');
    await this.#parts.factors.provePassword(actor, password);
    await this.#record(actor, 'secondFactor.backupCodesRenewed');
    const answer = await this.#parts.door.ask('/two-factor/generate-backup-codes', caller, { password });
    return { backupCodes: codesSchema.parse(await bodyOf(answer)).backupCodes };
  }

  async changePassword(
    actor: UserActor,
    { password, newPassword }: { password: string; newPassword: string },
  ): Promise<{ advice: PasswordAdvice; cookies: string[] }> {
    await this.#assertAttended(actor);
    await this.#parts.factors.provePassword(actor, password);
    const user = await findUser(this.#parts.db, actor.agencyId, actor.userId);
    if (user === null) throw new CodedError('notSignedIn');
    const advice = assertPassword(newPassword, user);
    const passwordHash = await hashPassword(newPassword);
    await this.#record(actor, 'user.passwordChanged');
    await this.#parts.db.transaction((tx) => setPassword(tx, actor.userId, passwordHash));
    return { advice, cookies: await this.#beginAnew(actor) };
  }

  /** A screen that nobody sits at must not be a way to somebody's account. */
  async #assertAttended(actor: UserActor): Promise<void> {
    if (actor.deviceClass === 'wallDisplay') throw new CodedError('notPermitted', 'Do this at your own console.');
  }

  async #isOn(actor: UserActor): Promise<boolean> {
    return (await findUser(this.#parts.db, actor.agencyId, actor.userId))?.twoFactorEnabled ?? false;
  }

  async #record(actor: UserActor, type: AuditType): Promise<void> {
    await this.#parts.audit.record({ type, outcome: 'done', actor, target: { kind: 'user', id: actor.userId } });
  }

  async #beginAnew(actor: UserActor): Promise<string[]> {
    await this.#parts.sessions.endOthers(actor, 'accountChanged');
    return this.#parts.sessions.renewToken(actor.sessionId);
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  assertNoFault(answer);
  if (!answer.ok) throw new CodedError('conflict', 'This could not be changed now. Sign in again and repeat it.');
  return answer.json();
}
