import { createHash, randomBytes } from 'node:crypto';
import type { RouteResponse } from '@commonsight/types/http/route';
import type { userRoutes } from '@commonsight/types/http/user-routes';
import type { PasswordAdvice } from '@commonsight/types/password';
import type { Role } from '@commonsight/types/permission';
import { hashPassword } from 'better-auth/crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { agencies, invitations, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { assertPassword } from '../sessions/passwordPolicy.ts';
import type { SessionRules } from '../sessions/sessionRules.ts';
import { useNotice } from '../sessions/useNotice.ts';
import { type UserRow, findPasswordHash, findUser, insertUser, setPassword, toAccounts } from './userRepository.ts';

type Invitation = RouteResponse<(typeof userRoutes)['inviteUser']>;

const tokenBytes = 32;

export interface InvitationParts {
  db: Db;
  access: Access;
  audit: Audit;
  publicUrl: string;
  rules: SessionRules;
}

/** Instead of sign-up: an administrator makes the account, and a one-time link lets its person set the password. */
export class Invitations {
  readonly #parts: InvitationParts;

  constructor(parts: InvitationParts) {
    this.#parts = parts;
  }

  async invite(actor: Actor, person: { name: string; email: string; role: Role }): Promise<Invitation> {
    const id = newId();
    const { user } = await this.#parts.access.requireAccess(actor, 'user.administer', {
      auditType: 'user.invited',
      describe: () => ({ details: { userId: id, role: person.role } }),
    });
    const invited = { id, agencyId: user.agencyId, ...person, passwordHash: null };
    return this.#parts.db.transaction(async (tx) => {
      const row = await insertUser(tx, invited);
      // Emails are unique over all agencies; the sentence does not say whose it is.
      if (row === null) throw new CodedError('conflict', 'This email cannot be used.');
      return this.#issue(tx, row);
    });
  }

  /** A new link in place of the one before, for who has neither set a password nor signed in. */
  async renew(actor: Actor, id: string): Promise<Invitation> {
    const { found } = await this.#parts.access.requireAccess(actor, 'user.administer', {
      auditType: 'user.invited',
      target: { kind: 'user', id, find: (agencyId) => findUser(this.#parts.db, agencyId, id) },
      check: async (_administrator, row) => {
        const isSet = (await findPasswordHash(this.#parts.db, row.id)) !== null;
        if (isSet) throw new CodedError('conflict', 'This person has set a password already.');
        // Somebody with a way in of their own, such as the agency's single sign-on: a password is nobody else's to set.
        if (row.lastSignInAt !== null) throw new CodedError('conflict', 'This person has signed in already.');
        if (row.disabledAt !== null) throw new CodedError('conflict', 'This account is disabled.');
      },
      describe: () => ({ details: { userId: id, isRenewal: true } }),
    });
    return this.#parts.db.transaction((tx) => this.#issue(tx, found));
  }

  /** What the link's page shows. */
  async read(token: string): Promise<RouteResponse<(typeof userRoutes)['readInvitation']>> {
    const { name, email, agencyName, endsAt } = await this.#find(token);
    return { name, email, agencyName, endsAt: endsAt.toISOString(), useNotice };
  }

  /** Sets the password and takes the acceptance of the use notice. The link is worth nothing afterwards. */
  async accept(
    actor: Actor,
    { token, password, useNoticeVersion }: { token: string; password: string; useNoticeVersion: number },
  ): Promise<PasswordAdvice> {
    const found = await this.#find(token, actor);
    if (useNoticeVersion !== useNotice.version) throw new CodedError('conflict', 'Read the use notice again.');
    const advice = assertPassword(password, found);
    const passwordHash = await hashPassword(password);
    const target = { kind: 'user' as const, id: found.userId };
    const { agencyId } = found;
    await this.#parts.audit.recordAll([
      { type: 'user.invitationAccepted', outcome: 'done', actor, agencyId, target },
      { type: 'useNotice.accepted', outcome: 'done', actor, agencyId, target, details: { version: useNoticeVersion } },
    ]);
    await this.#parts.db.transaction(async (tx) => {
      // Whoever comes first uses it; a second one at the same moment finds it used.
      const used = await tx
        .update(invitations)
        .set({ usedAt: new Date() })
        .where(and(eq(invitations.id, found.invitationId), isNull(invitations.usedAt)))
        .returning({ id: invitations.id });
      if (used.length === 0) throw new CodedError('codeNotAccepted');
      await setPassword(tx, found.userId, passwordHash);
      await tx.update(users).set({ acceptedNoticeVersion: useNoticeVersion }).where(eq(users.id, found.userId));
    });
    return advice;
  }

  async #issue(tx: Db, row: UserRow): Promise<Invitation> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const now = new Date();
    const endsAt = new Date(now.getTime() + this.#parts.rules.invitationMs);
    await tx.delete(invitations).where(and(eq(invitations.userId, row.id), isNull(invitations.usedAt)));
    await tx.insert(invitations).values({
      id: newId(),
      agencyId: row.agencyId,
      userId: row.id,
      tokenHash: hashToken(token),
      createdAt: now,
      endsAt,
    });
    const [account] = await toAccounts(tx, [row]);
    if (account === undefined) throw new Error('The invited account is gone.');
    // Behind the `#` it is in no log and no referrer.
    return { account, link: `${this.#parts.publicUrl}/invitation#${token}`, endsAt: endsAt.toISOString() };
  }

  /** Unknown, used, expired and taken back are the same. With an actor the refusal is written down. */
  async #find(token: string, actor?: Actor) {
    const [row] = await this.#parts.db
      .select({
        invitationId: invitations.id,
        endsAt: invitations.endsAt,
        userId: users.id,
        agencyId: users.agencyId,
        name: users.name,
        email: users.email,
        agencyName: agencies.name,
      })
      .from(invitations)
      .innerJoin(users, eq(users.id, invitations.userId))
      .innerJoin(agencies, eq(agencies.id, invitations.agencyId))
      .where(
        and(
          eq(invitations.tokenHash, hashToken(token)),
          isNull(invitations.usedAt),
          gt(invitations.endsAt, new Date()),
          isNull(users.disabledAt),
          isNull(users.lastSignInAt),
        ),
      )
      .limit(1);
    if (row !== undefined) return row;
    const error = new CodedError('codeNotAccepted');
    if (actor === undefined) throw error;
    return this.#parts.access.refuse(actor, { type: 'user.invitationAccepted' }, error);
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
