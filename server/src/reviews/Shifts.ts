import type { Shift } from '@commonsight/types/review';
import type { User } from '@commonsight/types/user';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { shifts, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { findUser } from '../users/userRepository.ts';

interface UserShift {
  user: User;
  shift: Shift | null;
}

/** Who works when: what `outOfShift` goes by. */
export class Shifts {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async list(actor: Actor): Promise<UserShift[]> {
    const { user } = await this.#access.requireAccess(actor, 'shift.administer', { auditType: 'shift.listed' });
    return this.#db
      .select({ user: { id: users.id, name: users.name, role: users.role }, shift: shifts.shift })
      .from(users)
      .leftJoin(shifts, eq(shifts.userId, users.id))
      .where(and(eq(users.agencyId, user.agencyId), isNull(users.disabledAt)))
      .orderBy(asc(users.name), asc(users.id));
  }

  async change(actor: Actor, userId: string, shift: Shift | null): Promise<UserShift> {
    const { user, found } = await this.#access.requireAccess(actor, 'shift.administer', {
      auditType: 'shift.changed',
      target: { kind: 'user', id: userId, find: (agencyId) => findUser(this.#db, agencyId, userId) },
      check: async (asker) => {
        if (asker.userId === userId) {
          throw new CodedError('notPermitted', 'Somebody else has to set your own working hours.');
        }
      },
      describe: () => ({ details: { shift } }),
    });
    const { agencyId } = user;
    if (shift === null) {
      await this.#db.delete(shifts).where(and(eq(shifts.agencyId, agencyId), eq(shifts.userId, userId)));
    } else {
      await this.#db
        .insert(shifts)
        .values({ agencyId, userId, shift })
        .onConflictDoUpdate({ target: shifts.userId, set: { shift } });
    }
    return { user: { id: found.id, name: found.name, role: found.role }, shift };
  }
}
