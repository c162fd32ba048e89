import type { Session } from '@commonsight/types/session';
import { and, eq } from 'drizzle-orm';
import type { Access } from '../access/Access.ts';
import type { UserActor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { sessions as table } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { Notices } from '../notices.ts';
import { type SessionRow, findSession, listSessions } from './sessionRepository.ts';
import type { SessionRulesOf } from './sessionRules.ts';
import type { Sessions } from './Sessions.ts';
import { toWireSession } from './sessionState.ts';

export interface OwnSessionParts {
  db: Db;
  access: Access;
  notices: Notices;
  sessions: Sessions;
  rulesOf: SessionRulesOf;
}

/** The user's own logins: where they are, and ending or declaring one. Another user's is not found. */
export class OwnSessions {
  readonly #parts: OwnSessionParts;

  constructor(parts: OwnSessionParts) {
    this.#parts = parts;
  }

  async list(actor: UserActor): Promise<Session[]> {
    const now = new Date();
    const rows = await listSessions(this.#parts.db, eq(table.userId, actor.userId), now);
    const rules = await this.#parts.rulesOf(actor.agencyId);
    return rows.map((row) => toWireSession(row, rules, now, actor.sessionId));
  }

  /** Ends one of the user's own sessions. */
  async end(actor: UserActor, id: string): Promise<void> {
    const row = await this.#find(actor, id);
    if (row === null) return this.#parts.access.refuse(actor, { type: 'session.ended' }, new CodedError('notFound'));
    const isCurrent = row.sessionId === actor.sessionId;
    if (actor.deviceClass === 'wallDisplay' && !isCurrent) throw new CodedError('notPermitted');
    await this.#parts.sessions.endRow(actor, row, isCurrent ? 'signedOut' : 'endedByUser');
  }

  /** Makes one of the supervisor's own sessions a wall display. There is no way back but a new login. */
  async declareWallDisplay(actor: UserActor, id: string): Promise<Session> {
    const { found } = await this.#parts.access.requireAccess(actor, 'wallDisplay.declare', {
      auditType: 'session.declaredWallDisplay',
      target: { kind: 'session', id, find: () => this.#find(actor, id) },
      check: async (_supervisor, row) => {
        if (row.deviceClass === 'wallDisplay') throw new CodedError('conflict', 'This is a wall display already.');
        if (row.lockedAt !== null) throw new CodedError('conflict', 'Unlock that session first.');
      },
    });
    await this.#parts.db.update(table).set({ deviceClass: 'wallDisplay' }).where(eq(table.id, id));
    const { agencyId, userId } = actor;
    void this.#parts.notices.tell('sessionChanged', { agencyId, userId, sessionId: id });
    const row: SessionRow = { ...found, deviceClass: 'wallDisplay' };
    return toWireSession(row, await this.#parts.rulesOf(agencyId), new Date(), actor.sessionId);
  }

  #find(actor: UserActor, id: string): Promise<SessionRow | null> {
    return findSession(this.#parts.db, and(eq(table.id, id), eq(table.userId, actor.userId)), new Date());
  }
}
