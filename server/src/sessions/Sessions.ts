import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { OwnSession, SessionState } from '@commonsight/types/session';
import { type SQL, and, eq, isNotNull, lte, ne } from 'drizzle-orm';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { accounts, passkeys, sessions, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { NoticeMap, Notices } from '../notices.ts';
import type { Auth } from './createAuth.ts';
import type { SessionCopies } from './SessionCopies.ts';
import { type SessionRow, findSession } from './sessionRepository.ts';
import type { SessionRulesOf } from './sessionRules.ts';
import { stateOf, toWireSession } from './sessionState.ts';
import { useNotice } from './useNotice.ts';
import { toWebHeaders } from './toWebHeaders.ts';

type EndReason = NoticeMap['sessionEnded']['reason'];
type EndedSession = Pick<NoticeMap['sessionEnded'], 'agencyId' | 'userId' | 'sessionId'>;
type EndedBy = Required<Pick<NoticeMap['sessionEnded'], 'by' | 'note'>>;

const tokenBytes = 32;

/** A session that has not ended, and what it is good for at this moment. */
export interface KnownSession {
  actor: UserActor;
  state: SessionState;
}

/** Who is signed in. The sessions' records decide; cookies and copies only lead to them. */
export class Sessions {
  readonly #auth: Pick<Auth, 'api'>;
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #notices: Notices;
  readonly #copies: Pick<SessionCopies, 'delete'>;
  readonly #rulesOf: SessionRulesOf;

  constructor(parts: {
    auth: Pick<Auth, 'api'>;
    db: Db;
    audit: Audit;
    notices: Notices;
    copies: SessionCopies;
    rulesOf: SessionRulesOf;
  }) {
    this.#rulesOf = parts.rulesOf;
    this.#auth = parts.auth;
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#notices = parts.notices;
    this.#copies = parts.copies;
  }

  /** The session behind a request's cookies, or null. Also for the socket handshake. */
  async fromCookies(headers: IncomingHttpHeaders, sourceAddress: string | null): Promise<KnownSession | null> {
    if (headers.cookie === undefined) return null;
    const claimed = await this.#auth.api.getSession({ headers: toWebHeaders({ cookie: headers.cookie }) });
    return claimed === null ? null : this.#find(eq(sessions.token, claimed.session.token), sourceAddress);
  }

  /** The session, or null when it has ended or its user is disabled. */
  byId(sessionId: string, sourceAddress: string | null): Promise<KnownSession | null> {
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
      ...toWireSession(row, await this.#rulesOf(row.agencyId), now, actor.sessionId),
      hasSecondFactor: row.hasSecondFactor,
      unlockFactors: [
        ...(password === undefined ? [] : ['password' as const]),
        ...(row.hasSecondFactor ? ['totp' as const] : []),
        ...(passkey === undefined ? [] : ['passkey' as const]),
      ],
    };
  }

  /** Takes the acceptance of the use notice's present version: without it the session is worth nothing. */
  async acceptUseNotice(actor: UserActor, version: number): Promise<OwnSession> {
    if (version !== useNotice.version) throw new CodedError('conflict', 'The use notice has changed. Read it again.');
    await this.#audit.record({
      type: 'useNotice.accepted',
      outcome: 'done',
      actor,
      target: { kind: 'user', id: actor.userId },
      details: { version },
    });
    await this.#db.update(users).set({ acceptedNoticeVersion: version }).where(eq(users.id, actor.userId));
    return this.describe(actor);
  }

  /** Ends the actor's session. */
  end(actor: UserActor, reason: EndReason): Promise<void> {
    return this.endRow(actor, actor, reason);
  }

  /** Ends one session: the line first, then the record, then the notice. `by` for a supervisor who ends another's. */
  async endRow(
    actor: Actor,
    { agencyId, userId, sessionId }: EndedSession,
    reason: EndReason,
    by?: EndedBy,
  ): Promise<void> {
    await this.#audit.record({
      type: 'session.ended',
      outcome: 'done',
      actor,
      target: { kind: 'session', id: sessionId },
      details: { reason, userId, ...(by === undefined ? {} : { note: by.note }) },
    });
    await this.#delete(sessionId);
    void this.#notices.tell('sessionEnded', { agencyId, userId, sessionId, reason, ...by });
  }

  /** Ends every session of a user whose account has been disabled or changed. */
  async endAllOfUser(user: { agencyId: string; userId: string }, reason: EndReason): Promise<void> {
    const rows = await this.#db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, user.userId));
    const ended = rows.map((row) => ({ ...user, sessionId: row.id }));
    await this.#endRows(ended, reason);
  }

  /** Ends the other sessions of the actor's user. */
  async endOthers(actor: UserActor, reason: EndReason): Promise<void> {
    const { userId, agencyId, sessionId } = actor;
    const others = and(eq(sessions.userId, userId), ne(sessions.id, sessionId));
    const rows = await this.#db.select({ id: sessions.id }).from(sessions).where(others);
    for (const { id } of rows) await this.endRow(actor, { userId, agencyId, sessionId: id }, reason);
  }

  /**
   * Gives the session another token, together with `change`: from now on a copy of its cookie is worth nothing. Answers
   * the new cookie.
   */
  async renewToken(
    sessionId: string,
    change: Partial<Pick<typeof sessions.$inferSelect, 'lockedAt' | 'lastActiveAt'>> = {},
  ): Promise<string[]> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const [before] = await this.#db.select().from(sessions).where(eq(sessions.id, sessionId));
    if (before === undefined) throw new CodedError('notSignedIn');
    await this.#db
      .update(sessions)
      .set({ ...change, token, updatedAt: new Date() })
      .where(eq(sessions.id, sessionId));
    await this.#copies.delete(before.token);
    const maxAgeSeconds = Math.max(1, Math.floor((before.expiresAt.getTime() - Date.now()) / 1000));
    const answer = await this.#auth.api.writeSessionCookie({ body: { token, maxAgeSeconds }, asResponse: true });
    return answer.headers.getSetCookie();
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

  async #endRows(rows: readonly EndedSession[], reason: EndReason): Promise<void> {
    for (const row of rows) await this.endRow({ kind: 'system', agencyId: row.agencyId }, row, reason);
  }

  async #find(which: SQL, sourceAddress: string | null): Promise<KnownSession | null> {
    const now = new Date();
    const row = await findSession(this.#db, which, now);
    if (row === null) return null;
    const rules = await this.#rulesOf(row.agencyId);
    return { actor: toActor(row, sourceAddress), state: stateOf(row, rules, now) };
  }

  async #delete(sessionId: string): Promise<void> {
    const rows = await this.#db.delete(sessions).where(eq(sessions.id, sessionId)).returning({ token: sessions.token });
    for (const { token } of rows) await this.#copies.delete(token);
  }
}

function toActor(row: SessionRow, sourceAddress: string | null): UserActor {
  const { userId, name, agencyId, role, sessionId, deviceClass } = row;
  const device = deviceClass === 'wallDisplay' ? { deviceClass } : {};
  return { kind: 'user', userId, name, agencyId, role, sessionId, sourceAddress, ...device };
}
