import type { SupervisedSession } from '@commonsight/types/session-board';
import { and, eq, gte } from 'drizzle-orm';
import type { Access } from '../access/Access.ts';
import { type Actor, actorAsUser } from '../access/Actor.ts';
import { isOperator } from '../access/isOperator.ts';
import type { Db } from '../db/Database.ts';
import { messages, sessions, users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { listMessages } from '../messages/messageRepository.ts';
import { findSession, listSessions } from '../sessions/sessionRepository.ts';
import type { SessionRulesOf } from '../sessions/sessionRules.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import { stateOf } from '../sessions/sessionState.ts';
import { readSessionTotals } from './sessionTotals.ts';

/** A session as the records know it; what it has open at this moment only the live side knows. */
export type RecordedSession = Omit<SupervisedSession, 'connections' | 'screens' | 'viewings'>;

const messagesShown = 5;
const messagesRead = 500;

export interface OperatorSessionParts {
  db: Db;
  access: Access;
  sessions: Pick<Sessions, 'endRow'>;
  rulesOf: SessionRulesOf;
}

/** The sessions of an agency, for its supervisors. */
export class OperatorSessions {
  readonly #parts: OperatorSessionParts;

  constructor(parts: OperatorSessionParts) {
    this.#parts = parts;
  }

  /** Asks the gate for somebody who supervises sessions from now on. */
  async admit(actor: Actor): Promise<void> {
    await this.#parts.access.requireAccess(actor, 'session.supervise', { auditType: 'session.supervised' });
  }

  /** Every session of the agency that runs, oldest first. For who was admitted. */
  async list(agencyId: string, now: Date): Promise<RecordedSession[]> {
    const { db } = this.#parts;
    const rows = await listSessions(db, eq(users.agencyId, agencyId), now);
    const [rules, totals] = [await this.#parts.rulesOf(agencyId), await readSessionTotals(db, agencyId, rows)];
    const since = new Date(Math.min(now.getTime(), ...rows.map((row) => row.startedAt.getTime())));
    const told = await listMessages(db, agencyId, gte(messages.sentAt, since), messagesRead);
    return rows.toReversed().map((row) => ({
      id: row.sessionId,
      user: { id: row.userId, name: row.name, role: row.role },
      state: stateOf(row, rules, now),
      deviceClass: row.deviceClass,
      sourceAddress: row.address === '' ? null : row.address,
      startedAt: row.startedAt.toISOString(),
      lastActiveAt: row.lastActiveAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      ...(totals.get(row.sessionId) ?? { endedViewingMs: 0, bytes: 0 }),
      messages: told
        .filter(({ to, sentAt }) => to.id === row.userId && sentAt >= row.startedAt.toISOString())
        .filter(() => row.deviceClass !== 'wallDisplay')
        .slice(0, messagesShown),
    }));
  }

  /** SUP2: ends an operator's session, with the reason that the operator is told. */
  async end(actor: Actor, id: string, note: string): Promise<void> {
    const { user, found } = await this.#parts.access.requireAccess(actor, 'session.end', {
      auditType: 'session.ended',
      target: {
        kind: 'session',
        id,
        find: (agencyId) =>
          findSession(this.#parts.db, and(eq(sessions.id, id), eq(users.agencyId, agencyId)), new Date()),
      },
      check: async ({ userId }, row) => {
        if (row.userId === userId) {
          throw new CodedError('conflict', 'This is your own session. Sign out, or end it under Your account.');
        }
        if (!isOperator(row.role)) throw new CodedError('notPermitted', 'An administrator has to do that.');
      },
      // The end has a line of its own, with the same words for every way to end a session.
      record: 'refusals',
    });
    await this.#parts.sessions.endRow(user, found, 'endedBySupervisor', { by: actorAsUser(user), note });
  }
}
