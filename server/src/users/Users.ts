import { type Role, rolePermissions } from '@commonsight/types/permission';
import type { Me } from '@commonsight/types/user';
import { hashPassword } from 'better-auth/crypto';
import type { Access } from '../access/Access.ts';
import { type Actor, type UserActor, actorAsUser } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { endGrantsOfUser } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import type { Notices } from '../notices.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import { type Account, disableUser, findAgency, findUser, insertUser, listUsers, toAccount } from './userRepository.ts';

/** People's accounts. */
export class Users {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;
  readonly #sessions: Sessions;

  constructor(parts: { db: Db; access: Access; notices: Notices; sessions: Sessions }) {
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
      permissions: [...rolePermissions[actor.role]],
      session: await this.#sessions.describe(actor),
    };
  }

  async list(actor: Actor): Promise<Account[]> {
    const { user } = await this.#access.requireAccess(actor, 'user.administer', { auditType: 'user.listed' });
    return (await listUsers(this.#db, user.agencyId)).map(toAccount);
  }

  async create(actor: Actor, account: { name: string; email: string; role: Role; password: string }): Promise<Account> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'user.created',
      describe: () => ({ details: { userId: id, role: account.role } }),
    });
    const { password, ...rest } = account;
    const passwordHash = await hashPassword(password);
    const row = await this.#db.transaction((tx) =>
      insertUser(tx, { id, agencyId: user.agencyId, ...rest, passwordHash }),
    );
    // Emails are unique over all agencies; the sentence does not say whose it is.
    if (row === null) throw new CodedError('conflict', 'This email cannot be used.');
    return toAccount(row);
  }

  /** Disables an account: it cannot sign in, its sessions, grants and viewings end. */
  async disable(actor: Actor, id: string): Promise<Account> {
    const { user, found } = await this.#access.requireAccess(actor, 'user.administer', {
      auditType: 'user.disabled',
      target: { kind: 'user', id, find: (agencyId) => findUser(this.#db, agencyId, id) },
      check: async ({ userId }) => {
        if (userId === id) throw new CodedError('conflict', 'You cannot disable your own account.');
      },
    });
    const { agencyId } = user;
    const now = new Date();
    const { row, ended } = await this.#db.transaction(async (tx) => ({
      row: await disableUser(tx, agencyId, id, now),
      ended: await endGrantsOfUser(tx, agencyId, id, now),
    }));
    await this.#sessions.endAllOfUser({ agencyId, userId: id });
    void this.#notices.tell('userDisabled', { agencyId, userId: id });
    for (const grant of ended) void this.#notices.tell('grantEnded', { agencyId, grant, reason: 'userDisabled' });
    return toAccount(row ?? found);
  }
}
