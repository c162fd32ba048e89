import type { IncomingHttpHeaders } from 'node:http';
import type { OwnSession } from '@commonsight/types/session';
import { type SQL, and, eq, isNotNull, lte } from 'drizzle-orm';
import type { UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { accounts, passkeys, sessions, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { NoticeMap, Notices } from '../notices.ts';
import type { Auth } from './createAuth.ts';
import type { SessionCopies } from './SessionCopies.ts';
import { findSession } from './sessionRepository.ts';
import type { SessionRules } from './sessionRules.ts';
import { toWireSession } from './sessionState.ts';
import { toWebHeaders } from './toWebHeaders.ts';

type EndReason = NoticeMap['sessionEnded']['reason'];

/** Who is signed in. The sessions' records decide; cookies and copies only lead to them. */
export class Sessions {
  readonly #auth: Pick<Auth, 'api'>;
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #notices: Notices;
  readonly #copies: Pick<SessionCopies, 'delete'>;
  readonly #rules: () => SessionRules;

  constructor(parts: {
    auth: Pick<Auth, 'api'>;
    db: Db;
    audit: Audit;
    notices: Notices;
    copies: SessionCopies;
    rules: () => SessionRules;
  }) {
    this.#rules = parts.rules;
    this.#auth = parts.auth;
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#notices = parts.notices;
    this.#copies = parts.copies;
  }

  /** The user behind a request's cookies, or null. Also for the socket handshake. */
  async fromCookies(headers: IncomingHttpHeaders, sourceAddress: string | null): Promise<UserActor | null> {
    if (headers.cookie === undefined) return null;
    const claimed = await this.#auth.api.getSession({ headers: toWebHeaders({ cookie: headers.cookie }) });
    return claimed === null ? null : this.#find(eq(sessions.token, claimed.session.token), sourceAddress);
  }

  /** The session's user, or null when the session has ended or its user is disabled. */
  byId(sessionId: string, sourceAddress: string | null): Promise<UserActor | null> {
    return this.#find(eq(sessions.id, sessionId), sourceAddress);
  }

  /** The actor's own session, with what its screens need to know. */
  async describe(actor: UserActor): Promise<OwnSession> {
    const now = new Date();
    const row = await findSession(this.#db, eq(sessions.id, actor.sessionId), now);
    if (row === null) throw new CodedError('notSignedIn');
    const [password] = await this.#db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.userId, row.userId), isNotNull(accounts.password)))
      .limit(1);
    const [passkey] = await this.#db
      .select({ id: passkeys.id })
      .from(passkeys)
      .where(eq(passkeys.userId, row.userId))
      .limit(1);
    return {
      ...toWireSession(row, this.#rules(), now, actor.sessionId),
      hasSecondFactor: row.hasSecondFactor,
      unlockFactors: [
        ...(password === undefined ? [] : ['password' as const]),
        ...(row.hasSecondFactor ? ['totp' as const] : []),
        ...(passkey === undefined ? [] : ['passkey' as const]),
      ],
    };
  }

  /** Ends one session: the line first, then the record, then the notice. */
  async end(actor: UserActor, reason: EndReason): Promise<void> {
    await this.#audit.record({
      type: 'session.ended',
      outcome: 'done',
      actor,
      target: { kind: 'session', id: actor.sessionId },
      details: { reason },
    });
    await this.#delete(actor.sessionId);
    const { agencyId, userId, sessionId } = actor;
    void this.#notices.tell('sessionEnded', { agencyId, userId, sessionId, reason });
  }

  /** Ends every session of a user whose account has been disabled. */
  async endAllOfUser(user: { agencyId: string; userId: string }): Promise<void> {
    const rows = await this.#db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, user.userId));
    await this.#endRows(
      rows.map((row) => ({ ...user, sessionId: row.id })),
      'userDisabled',
    );
  }

  /** Ends the sessions whose time is over. Run by a timer. */
  async endExpired(now: Date): Promise<void> {
    const rows = await this.#db
      .select({ sessionId: sessions.id, userId: users.id, agencyId: users.agencyId })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(lte(sessions.expiresAt, now));
    await this.#endRows(rows, 'expired');
  }

  async #endRows(rows: { sessionId: string; userId: string; agencyId: string }[], reason: EndReason): Promise<void> {
    for (const row of rows) {
      await this.#audit.record({
        type: 'session.ended',
        outcome: 'done',
        actor: { kind: 'system', agencyId: row.agencyId },
        target: { kind: 'session', id: row.sessionId },
        details: { reason, userId: row.userId },
      });
      await this.#delete(row.sessionId);
      void this.#notices.tell('sessionEnded', { ...row, reason });
    }
  }

  async #find(which: SQL, sourceAddress: string | null): Promise<UserActor | null> {
    const row = await findSession(this.#db, which, new Date());
    if (row === null) return null;
    const { userId, name, agencyId, role, sessionId } = row;
    return { kind: 'user', userId, name, agencyId, role, sessionId, sourceAddress };
  }

  async #delete(sessionId: string): Promise<void> {
    const rows = await this.#db.delete(sessions).where(eq(sessions.id, sessionId)).returning({ token: sessions.token });
    for (const { token } of rows) await this.#copies.delete(token);
  }
}
