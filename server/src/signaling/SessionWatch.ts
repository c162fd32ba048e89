import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Sessions } from '../sessions/Sessions.ts';
import type { Peers } from '../viewings/Peers.ts';
import type { ViewingRegistry } from '../viewings/ViewingRegistry.ts';
import type { Viewings } from '../viewings/Viewings.ts';
import type { Connections } from './Connections.ts';

export interface SessionWatchParts {
  sessions: Pick<Sessions, 'byId'>;
  connections: Pick<Connections, 'sessionIds' | 'refuseSession' | 'endSession'>;
  peers: Pick<Peers, 'all'>;
  registry: Pick<ViewingRegistry, 'where'>;
  viewings: Pick<Viewings, 'sessionEnded'>;
}

/** The end of a session that no other person has ended. */
export function endedBecause(reason: NotificationOf<'session:ended'>['reason']): NotificationOf<'session:ended'> {
  return { reason, by: null, note: null };
}

/** ACC1: with a session end its viewings, its peers and its connections. */
export class SessionWatch {
  static readonly periodMs = 30_000;
  readonly #parts: SessionWatchParts;

  constructor(parts: SessionWatchParts) {
    this.#parts = parts;
  }

  async endSession(sessionId: string, end: NotificationOf<'session:ended'>): Promise<void> {
    // At once: ending the viewings takes the host up to two seconds, in which nothing new may begin.
    this.#parts.connections.refuseSession(sessionId);
    try {
      await this.#parts.viewings.sessionEnded(sessionId);
    } finally {
      this.#parts.connections.endSession(sessionId, end);
    }
    // What was under way when the connections were still served.
    await this.#parts.viewings.sessionEnded(sessionId);
  }

  /** Asks the records about every session that is in use here: a notice may have been told to another process. */
  async checkAll(): Promise<void> {
    const sessionIds = this.#parts.connections.sessionIds;
    for (const { record } of this.#parts.peers.all) sessionIds.add(record.sessionId);
    for (const viewing of this.#parts.registry.where(() => true)) sessionIds.add(viewing.sessionId);
    for (const sessionId of sessionIds) {
      const session = await this.#parts.sessions.byId(sessionId, null);
      if (session === null) await this.endSession(sessionId, endedBecause('expired'));
    }
  }
}
