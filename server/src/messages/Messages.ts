import type { Message } from '@commonsight/types/message';
import { and, eq, gte, isNull, ne } from 'drizzle-orm';
import type { Access } from '../access/Access.ts';
import { type Actor, actorAsUser, type UserActor } from '../access/Actor.ts';
import { isOperator } from '../access/isOperator.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { messages as table, sessions } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Notices } from '../notices.ts';
import { findSession, listSessions } from '../sessions/sessionRepository.ts';
import { TokenBuckets } from '../signaling/TokenBuckets.ts';
import { findUser } from '../users/userRepository.ts';
import { acknowledgeMessage, deleteMessagesBefore, insertMessage, listMessages } from './messageRepository.ts';

/** Of one sender. */
const sendLimit = { burst: 10, perSecond: 1 / 6 };
/** More than a banner can hold; what is older shows when these are acknowledged. */
const listedAtMost = 50;
/** Twice as long as a session. */
const keptMs = 24 * 60 * 60_000;

export interface MessageParts {
  db: Db;
  access: Access;
  audit: Audit;
  notices: Notices;
}

/** What supervisors tell operators (MES1 to MES3). */
export class Messages {
  readonly #parts: MessageParts;
  readonly #senders = new TokenBuckets(sendLimit);

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  async send(actor: Actor, userId: string, text: string): Promise<Message> {
    const id = newId();
    const { db, access, notices } = this.#parts;
    const { user, found } = await access.requireAccess(actor, 'message.send', {
      auditType: 'message.sent',
      target: { kind: 'user', id: userId, find: (agencyId) => findUser(db, agencyId, userId) },
      check: async (sender, row) => {
        if (sender.userId === userId) throw new CodedError('conflict', 'This is your own account.');
        if (!isOperator(row.role)) throw new CodedError('notPermitted', 'Messages go to operators.');
        await this.#assertAtDesk(userId);
        if (!this.#senders.take(sender.userId)) throw new CodedError('tooManyRequests');
      },
      describe: () => ({ details: { messageId: id, text } }),
    });
    const sentAt = new Date();
    const { agencyId } = user;
    await insertMessage(db, { id, agencyId, userId, text, sentBy: user.userId, sentAt });
    const to = { id: found.id, name: found.name, role: found.role };
    const message = { id, by: actorAsUser(user), to, text, sentAt: sentAt.toISOString(), acknowledgedAt: null };
    void notices.tell('messageSent', { agencyId, message });
    return message;
  }

  /** What waits for the actor, oldest first. */
  async list(actor: UserActor): Promise<Message[]> {
    const { db } = this.#parts;
    const session = await findSession(db, eq(sessions.id, actor.sessionId), new Date());
    if (session === null || session.deviceClass === 'wallDisplay') return [];
    const waiting = and(
      eq(table.userId, actor.userId),
      isNull(table.acknowledgedAt),
      gte(table.sentAt, session.startedAt),
    );
    return (await listMessages(db, actor.agencyId, waiting, listedAtMost)).toReversed();
  }

  /** Written down before the sender sees it. A wall display acknowledges nothing: nobody sits at it. */
  async acknowledge(actor: UserActor, id: string): Promise<Message> {
    const { db, access, audit, notices } = this.#parts;
    const target = { kind: 'message' as const, id };
    const refuse = (error: CodedError) => access.refuse(actor, { type: 'message.acknowledged', target }, error);
    const own = and(eq(table.id, id), eq(table.userId, actor.userId));
    const [found] = await listMessages(db, actor.agencyId, own, 1);
    if (found === undefined) return refuse(new CodedError('notFound'));
    if (actor.deviceClass === 'wallDisplay') return refuse(new CodedError('notPermitted', 'Do this at your console.'));
    if (found.acknowledgedAt !== null) return found;
    await audit.record({ type: 'message.acknowledged', outcome: 'done', actor, target });
    const at = new Date();
    await acknowledgeMessage(db, actor.agencyId, id, at);
    const message = { ...found, acknowledgedAt: at.toISOString() };
    void notices.tell('messageAcknowledged', { agencyId: actor.agencyId, message });
    return message;
  }

  /** Run by a timer. */
  async deleteOld(now: Date): Promise<void> {
    await deleteMessagesBefore(this.#parts.db, new Date(now.getTime() - keptMs));
  }

  async #assertAtDesk(userId: string): Promise<void> {
    const which = and(eq(sessions.userId, userId), ne(sessions.deviceClass, 'wallDisplay'));
    const [session] = await listSessions(this.#parts.db, which, new Date()).limit(1);
    if (session === undefined) throw new CodedError('conflict', 'This user is not signed in at a desk.');
  }
}
