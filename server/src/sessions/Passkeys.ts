import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { passkeys, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { type AuthDoor, assertNoFault, type Caller, withoutSession } from './AuthDoor.ts';
import type { Factors } from './Factors.ts';
import { type FailedTries, nobody } from './FailedTries.ts';
import type { PasskeyCeremonies } from './PasskeyCeremonies.ts';
import type { SignedIn } from './SignIn.ts';

const optionsSchema = z.record(z.string(), z.unknown());
const addedSchema = z.object({ id: z.string() });

interface PasskeyAnswer {
  id: string;
}

export interface PasskeyParts {
  db: Db;
  audit: Audit;
  door: AuthDoor;
  tries: FailedTries;
  factors: Factors;
  ceremonies: PasskeyCeremonies;
}

/** Options for a browser's ceremony, with the cookie that leads back to its challenge. */
interface Ceremony {
  options: Record<string, unknown>;
  cookies: string[];
}

/** Passkeys: signing in with one, unlocking with one, and which ones a user has. */
export class Passkeys {
  readonly #parts: PasskeyParts;

  constructor(parts: PasskeyParts) {
    this.#parts = parts;
  }

  /** For anybody: the browser offers the passkeys that it has for this server. */
  signInOptions(caller: Caller): Promise<Ceremony> {
    return this.#options('/passkey/generate-authenticate-options', withoutSession(caller));
  }

  /** For the session's own user. */
  unlockOptions(caller: Caller): Promise<Ceremony> {
    return this.#options('/passkey/generate-authenticate-options', caller);
  }

  async signIn(response: PasskeyAnswer, caller: Caller): Promise<SignedIn> {
    const user = (await this.#ownerOf(response.id)) ?? nobody();
    let answer: Response | null = null;
    await this.#parts.tries.prove({
      user,
      factor: 'passkey',
      actor: { kind: 'anonymous', sourceAddress: caller.sourceAddress },
      check: async () => {
        answer = await this.#verify(response, withoutSession(caller), async () => undefined);
        return answer.ok;
      },
    });
    if (answer === null) throw new Error('A passkey was taken without an answer.');
    await this.#parts.tries.forget(user.userId);
    return { next: 'session', cookies: (answer as Response).headers.getSetCookie() };
  }

  /** Whether the answer proves a passkey of the user. Starts no session. */
  async isPasskeyOf(userId: string, response: PasskeyAnswer, caller: Caller): Promise<boolean> {
    let isProved = false;
    await this.#verify(response, caller, async ({ credentialId }) => {
      isProved = (await this.#ownerOf(credentialId))?.userId === userId;
      // It would start another session.
      throw new CodedError('conflict');
    });
    return isProved;
  }

  async list(actor: UserActor) {
    const rows = await this.#parts.db
      .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt })
      .from(passkeys)
      .where(eq(passkeys.userId, actor.userId))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
    return rows.map(toWire);
  }

  async addOptions(actor: UserActor, password: string, caller: Caller): Promise<Ceremony> {
    this.#assertAttended(actor);
    await this.#parts.factors.provePassword(actor, password);
    return this.#options('/passkey/generate-register-options', caller);
  }

  async add(actor: UserActor, { name, response }: { name: string; response: PasskeyAnswer }, caller: Caller) {
    this.#assertAttended(actor);
    const record = () =>
      this.#parts.audit.record({
        type: 'passkey.added',
        outcome: 'done',
        actor,
        target: { kind: 'user', id: actor.userId },
        details: { name },
      });
    const answer = await this.#parts.ceremonies.run(record, () =>
      this.#parts.door.ask('/passkey/verify-registration', caller, { name, response }),
    );
    if (!answer.ok) throw new CodedError('badRequest', 'The passkey was not accepted. Begin again.');
    const { id } = addedSchema.parse(await answer.json());
    const [row] = await this.#parts.db.select().from(passkeys).where(eq(passkeys.id, id));
    if (row === undefined) throw new Error('The passkey was not kept.');
    return toWire(row);
  }

  async remove(actor: UserActor, id: string, password: string): Promise<void> {
    this.#assertAttended(actor);
    const own = and(eq(passkeys.id, id), eq(passkeys.userId, actor.userId));
    const [row] = await this.#parts.db.select({ id: passkeys.id }).from(passkeys).where(own);
    if (row === undefined) throw new CodedError('notFound');
    await this.#parts.factors.provePassword(actor, password);
    const target = { kind: 'user' as const, id: actor.userId };
    await this.#parts.audit.record({ type: 'passkey.removed', outcome: 'done', actor, target });
    await this.#parts.db.delete(passkeys).where(own);
  }

  async #options(path: string, caller: Caller): Promise<Ceremony> {
    const answer = await this.#parts.door.ask(path, caller);
    assertNoFault(answer);
    if (!answer.ok) throw new CodedError('notSignedIn');
    const options = optionsSchema.parse(await answer.json());
    return { options: { ...options, userVerification: 'required' }, cookies: answer.headers.getSetCookie() };
  }

  #verify(response: PasskeyAnswer, caller: Caller, decide: Parameters<PasskeyCeremonies['run']>[0]): Promise<Response> {
    return this.#parts.ceremonies.run(decide, () =>
      this.#parts.door.ask('/passkey/verify-authentication', caller, { response }),
    );
  }

  async #ownerOf(credentialId: string) {
    const [row] = await this.#parts.db
      .select({ userId: users.id, agencyId: users.agencyId })
      .from(passkeys)
      .innerJoin(users, eq(users.id, passkeys.userId))
      .where(eq(passkeys.credentialID, credentialId))
      .limit(1);
    return row ?? null;
  }

  #assertAttended(actor: UserActor): void {
    if (actor.deviceClass === 'wallDisplay') throw new CodedError('notPermitted', 'Do this at your own console.');
  }
}

function toWire(row: { id: string; name: string | null; createdAt: Date | null }) {
  return { id: row.id, name: row.name ?? 'Passkey', createdAt: (row.createdAt ?? new Date(0)).toISOString() };
}
