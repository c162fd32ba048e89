import type { Account } from '@commonsight/types/http/user-routes';
import { rolePermissions } from '@commonsight/types/permission';
import type { Me, User } from '@commonsight/types/user';
import { eq } from 'drizzle-orm';
import { type Access, isAllowedOnDevice } from '../access/Access.ts';
import { type Actor, type UserActor, actorAsUser } from '../access/Actor.ts';
import { isOperator } from '../access/isOperator.ts';
import type { Db } from '../db/Database.ts';
import { passkeys, twoFactors, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { endGrantsOfUser } from '../grants/grantRepository.ts';
import type { Notices } from '../notices.ts';
import type { FailedTries } from '../sessions/FailedTries.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import {
  type UserRow,
  changeUser,
  disableUser,
  findAgency,
  findUser,
  listUsers,
  toAccounts,
} from './userRepository.ts';

/** People's accounts. */
export class Users {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;
  readonly #sessions: Sessions;
  readonly #tries: Pick<FailedTries, 'forget'>;

  constructor(parts: { db: Db; access: Access; notices: Notices; sessions: Sessions; tries: FailedTries }) {
    this.#tries = parts.tries;
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
    this.#sessions = parts.sessions;
  }

  /** The caller's own account. */
  async me(actor: UserActor): Promise<Me> {
    const row = await findUser(this.#db, actor.agencyId, actor.userId);
    const agency = await findAgency(this.#db, actor.agencyId);
    if (row === null || agency === null) throw new CodedError('notSignedIn');
    return {
      user: { ...actorAsUser(actor), email: row.email },
      agency,
      permissions: rolePermissions[actor.role].filter((permission) => isAllowedOnDevice(actor, permission)),
      session: await this.#sessions.describe(actor),
    };
  }

  async list(actor: Actor): Promise<Account[]> {
    const { user } = await this.#access.requireAccess(actor, 'user.administer', { auditType: 'user.listed' });
    return toAccounts(this.#db, await listUsers(this.#db, user.agencyId));
  }

  /** Disables an account: it cannot sign in, its sessions, grants and viewings end. */
  async disable(actor: Actor, id: string): Promise<Account> {
    const { user, found } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'user.disabled',
      target: this.#target(id),
      check: async ({ userId }) => {
        if (userId === id) throw new CodedError('conflict', 'You cannot disable your own account.');
      },
    });
    return this.#toAccount((await this.#disable(user.agencyId, id)) ?? found);
  }

  /** Disables an operator's account for a supervisor, who has seen something and gives the reason. */
  async suspend(actor: Actor, id: string, note: string): Promise<User> {
    const { user, found } = await this.#access.requireAccess(actor, 'user.suspend', {
      auditType: 'user.disabled',
      target: this.#target(id),
      check: async ({ userId }, row) => {
        if (userId === id) throw new CodedError('conflict', 'You cannot disable your own account.');
        if (!isOperator(row.role)) {
          throw new CodedError('notPermitted', 'An administrator has to do that.');
        }
        if (row.disabledAt !== null) throw new CodedError('conflict', 'The account is disabled already.');
      },
      describe: () => ({ details: { note } }),
    });
    await this.#disable(user.agencyId, id);
    return { id, name: found.name, role: found.role };
  }

  async #disable(agencyId: string, id: string): Promise<UserRow | null> {
    const now = new Date();
    const { row, ended } = await this.#db.transaction(async (tx) => ({
      row: await disableUser(tx, agencyId, id, now),
      ended: await endGrantsOfUser(tx, agencyId, id, now),
    }));
    // Before the sessions, each of which costs a line: what is committed is told at once.
    for (const grant of ended) void this.#notices.tell('grantEnded', { agencyId, grant, reason: 'userDisabled' });
    void this.#notices.tell('userDisabled', { agencyId, userId: id });
    await this.#sessions.endAllOfUser({ agencyId, userId: id }, 'userDisabled');
    return row;
  }

  /** Lets a disabled account sign in again. Its time without use begins anew. */
  async enable(actor: Actor, id: string): Promise<Account> {
    const { user } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'user.enabled',
      target: this.#target(id),
    });
    return this.#change(user.agencyId, id, { disabledAt: null, enabledAt: new Date() });
  }

  /** Releases an account that failed tries have locked. */
  async release(actor: Actor, id: string): Promise<Account> {
    const { user } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'user.released',
      target: this.#target(id),
    });
    await this.#tries.forget(id);
    return this.#change(user.agencyId, id, { lockedAt: null });
  }

  /** Takes a lost second factor and all passkeys from somebody, whose sessions end. */
  async resetSecondFactor(actor: Actor, id: string): Promise<Account> {
    const { user, found } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'secondFactor.reset',
      target: this.#target(id),
    });
    await this.#db.transaction(async (tx) => {
      await tx.delete(twoFactors).where(eq(twoFactors.userId, id));
      await tx.delete(passkeys).where(eq(passkeys.userId, id));
      await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, id));
    });
    await this.#sessions.endAllOfUser({ agencyId: user.agencyId, userId: id }, 'accountChanged');
    return this.#toAccount({ ...found, twoFactorEnabled: false });
  }

  #target(id: string) {
    return { kind: 'user' as const, id, find: (agencyId: string) => findUser(this.#db, agencyId, id) };
  }

  async #change(agencyId: string, id: string, change: Parameters<typeof changeUser>[3]): Promise<Account> {
    const row = await changeUser(this.#db, agencyId, id, change);
    if (row === null) throw new CodedError('notFound');
    return this.#toAccount(row);
  }

  async #toAccount(row: UserRow): Promise<Account> {
    const [account] = await toAccounts(this.#db, [row]);
    if (account === undefined) throw new Error('The account is gone.');
    return account;
  }
}
