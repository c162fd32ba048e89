import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Connection } from './Connection.ts';

type SessionEnd = NotificationOf<'session:ended'>;

/** The live sockets of all sessions. */
export class Connections {
  readonly #connections = new Map<string, Connection>();
  readonly #onChanged: (agencyId: string) => void;

  /** `onChanged` hears whenever a connection of the agency has come or gone. */
  constructor(onChanged: (agencyId: string) => void = () => undefined) {
    this.#onChanged = onChanged;
  }

  add(connection: Connection): void {
    this.#connections.set(connection.id, connection);
    this.#onChanged(connection.actor.agencyId);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.id);
    this.#onChanged(connection.actor.agencyId);
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

  endSession(sessionId: string, end: SessionEnd): void {
    this.#endWhere((connection) => connection.actor.sessionId === sessionId, end);
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

  endUser(userId: string, end: SessionEnd): void {
    this.#endWhere((connection) => connection.actor.userId === userId, end);
  }

  #ofSession(sessionId: string): Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.actor.sessionId === sessionId);
  }

  #endWhere(condition: (connection: Connection) => boolean, end: SessionEnd): void {
    for (const connection of this.#connections.values()) if (condition(connection)) connection.endSession(end);
  }
}
