import type { IncomingHttpHeaders } from 'node:http';
import { type SQL, and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { sessions, users } from '../db/schema.ts';
import type { NoticeMap, Notices } from '../notices.ts';
import type { Auth } from './createAuth.ts';
import type { SessionCopies } from './SessionCopies.ts';
import { toWebHeaders } from './toWebHeaders.ts';

type EndReason = NoticeMap['sessionEnded']['reason'];

/** Who is signed in. The sessions' records decide; cookies and copies only lead to them. */
export class Sessions {
  readonly #auth: Pick<Auth, 'api'>;
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #notices: Notices;
  readonly #copies: Pick<SessionCopies, 'delete'>;

  constructor(parts: { auth: Pick<Auth, 'api'>; db: Db; audit: Audit; notices: Notices; copies: SessionCopies }) {
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
    const [row] = await this.#db
      .select({
        userId: users.id,
        name: users.name,
        agencyId: users.agencyId,
        role: users.role,
        sessionId: sessions.id,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(which, gt(sessions.expiresAt, new Date()), isNull(users.disabledAt)))
      .limit(1);
    return row === undefined ? null : { kind: 'user', ...row, sourceAddress };
  }

  async #delete(sessionId: string): Promise<void> {
    const rows = await this.#db.delete(sessions).where(eq(sessions.id, sessionId)).returning({ token: sessions.token });
    for (const { token } of rows) await this.#copies.delete(token);
  }
}
