import type { IncomingHttpHeaders } from 'node:http';
import type { OwnSession, SessionState } from '@commonsight/types/session';
import { type SQL, and, eq, isNotNull, lte } from 'drizzle-orm';
import type { UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { accounts, passkeys, sessions, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { NoticeMap, Notices } from '../notices.ts';
import type { Auth } from './createAuth.ts';
import type { SessionCopies } from './SessionCopies.ts';
import { type SessionRow, findSession } from './sessionRepository.ts';
import type { SessionRules } from './sessionRules.ts';
import { stateOf, toWireSession } from './sessionState.ts';
import { useNotice } from './useNotice.ts';
import { toWebHeaders } from './toWebHeaders.ts';

type EndReason = NoticeMap['sessionEnded']['reason'];

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
      ...toWireSession(row, this.#rules(), now, actor.sessionId),
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

  async #find(which: SQL, sourceAddress: string | null): Promise<KnownSession | null> {
    const now = new Date();
    const row = await findSession(this.#db, which, now);
    return row === null ? null : { actor: toActor(row, sourceAddress), state: stateOf(row, this.#rules(), now) };
  }

  async #delete(sessionId: string): Promise<void> {
    const rows = await this.#db.delete(sessions).where(eq(sessions.id, sessionId)).returning({ token: sessions.token });
    for (const { token } of rows) await this.#copies.delete(token);
  }
}

function toActor(row: SessionRow, sourceAddress: string | null): UserActor {
  const { userId, name, agencyId, role, sessionId } = row;
  return { kind: 'user', userId, name, agencyId, role, sessionId, sourceAddress };
}
