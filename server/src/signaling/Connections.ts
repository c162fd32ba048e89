import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Connection } from './Connection.ts';

type EndReason = NotificationOf<'session:ended'>['reason'];

/** The live sockets of all sessions. */
export class Connections {
  readonly #connections = new Map<string, Connection>();

  add(connection: Connection): void {
    this.#connections.set(connection.id, connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.id);
  }

  countOfSession(sessionId: string): number {
    let count = 0;
    for (const { actor } of this.#connections.values()) if (actor.sessionId === sessionId) count += 1;
    return count;
  }

  ofAgency(agencyId: string): Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.actor.agencyId === agencyId);
  }

  /** The sessions that have a connection, each once. */
  get sessionIds(): Set<string> {
    return new Set([...this.#connections.values()].map((connection) => connection.actor.sessionId));
  }

  /** From now on the session's connections are asked nothing more; `endSession` disconnects them. */
  refuseSession(sessionId: string): void {
    for (const connection of this.#connections.values()) {
      if (connection.actor.sessionId === sessionId) connection.refuse();
    }
  }

  endSession(sessionId: string, reason: EndReason): void {
    this.#endWhere((connection) => connection.actor.sessionId === sessionId, reason);
  }

  lockSession(sessionId: string, reason: NotificationOf<'session:locked'>['reason']): void {
    for (const connection of this.#ofSession(sessionId)) connection.lock(reason);
  }

  /** SES3: sockets that were opened with the cookie before prove the new one, a moment after it has reached the browser. */
  unlockSession(sessionId: string, breakAfterMs: number): void {
    for (const connection of this.#ofSession(sessionId)) {
      connection.tell('session:unlocked', {});
      setTimeout(() => connection.breakOff(), breakAfterMs).unref();
    }
  }

  /** Lets the session's browsers dial again, as what they are now. */
  breakSession(sessionId: string): void {
    for (const connection of this.#ofSession(sessionId)) connection.breakOff();
  }

  endUser(userId: string, reason: EndReason): void {
    this.#endWhere((connection) => connection.actor.userId === userId, reason);
  }

  #ofSession(sessionId: string): Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.actor.sessionId === sessionId);
  }

  #endWhere(condition: (connection: Connection) => boolean, reason: EndReason): void {
    for (const connection of this.#connections.values()) if (condition(connection)) connection.endSession(reason);
  }
}
