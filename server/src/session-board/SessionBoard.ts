import type { SupervisedSession } from '@commonsight/types/session-board';
import type { Actor } from '../access/Actor.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { Connection } from '../signaling/Connection.ts';
import type { Connections } from '../signaling/Connections.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { LiveViewing } from '../viewings/LiveViewing.ts';
import type { ViewingRegistry } from '../viewings/ViewingRegistry.ts';
import type { WallPresence } from '../walls/WallPresence.ts';
import type { OperatorSessions, RecordedSession } from './OperatorSessions.ts';

/** Changes that come together, such as a wall's viewings, are told together. */
const gatherMs = 50;

export interface SessionBoardParts {
  sessions: Pick<OperatorSessions, 'admit' | 'list'>;
  connections: Pick<Connections, 'ofAgency'>;
  presence: Pick<WallPresence, 'screensOf'>;
  registry: Pick<ViewingRegistry, 'where'>;
  wallNames(agencyId: string): Promise<ReadonlyMap<string, string>>;
  background: Pick<BackgroundWork, 'run'>;
}

/**
 * SUP1: the agency's sessions for those who follow them. What has changed is not told by who changed it: the board is
 * read anew and compared with what was told, so that no way of changing a session can be forgotten.
 */
export class SessionBoard {
  /** Nobody is told of what only time changes, such as bytes, more often than this. */
  static readonly periodMs = 2_000;
  readonly #parts: SessionBoardParts;
  readonly #queue = new KeyedQueue();
  readonly #followers = new Set<Connection>();
  /** By agency: the board as it was told last. */
  readonly #told = new Map<string, SupervisedSession[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(parts: SessionBoardParts) {
    this.#parts = parts;
  }

  /** The sessions as they are; the connection is told of changes from then on. */
  async follow(actor: Actor, connection: Connection): Promise<SupervisedSession[]> {
    await this.#parts.sessions.admit(actor);
    const { agencyId } = connection.actor;
    return this.#queue.run(agencyId, async () => {
      // While others follow it is up to date, however often it is asked for.
      const known = this.#followersOf(agencyId).length === 0 ? undefined : this.#told.get(agencyId);
      const rows = known ?? (await this.#update(agencyId));
      this.#followers.add(connection);
      return rows;
    });
  }

  /** Something of the agency's sessions may be another than it was told. */
  changed(agencyId: string): void {
    if (this.#timers.has(agencyId) || this.#followersOf(agencyId).length === 0) return;
    const timer = setTimeout(() => {
      this.#timers.delete(agencyId);
      this.#parts.background.run('tell of sessions', this.#tellChanges(agencyId));
    }, gatherMs);
    this.#timers.set(agencyId, timer);
  }

  /** Run by a timer: tells what nobody has reported. */
  async tellAll(): Promise<void> {
    const agencies = new Set([...this.#followers].map((follower) => follower.actor.agencyId));
    for (const agencyId of agencies) await this.#tellChanges(agencyId);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#followers.clear();
  }

  async #tellChanges(agencyId: string): Promise<void> {
    await this.#queue.run(agencyId, async () => {
      if (this.#followersOf(agencyId).length === 0) this.#told.delete(agencyId);
      else await this.#update(agencyId);
    });
  }

  /** Reads the board and tells those who follow it what is another than before. */
  async #update(agencyId: string): Promise<SupervisedSession[]> {
    const rows = await this.#read(agencyId);
    const before = new Map((this.#told.get(agencyId) ?? []).map((row) => [row.id, JSON.stringify(row)]));
    this.#told.set(agencyId, rows);
    const changed = rows.filter((row) => before.get(row.id) !== JSON.stringify(row));
    const now = new Set(rows.map(({ id }) => id));
    const endedIds = [...before.keys()].filter((id) => !now.has(id));
    if (changed.length === 0 && endedIds.length === 0) return rows;
    for (const follower of this.#followersOf(agencyId)) {
      if (!follower.isLocked) follower.tell('sessionBoard:changed', { changed, endedIds });
    }
    return rows;
  }

  async #read(agencyId: string): Promise<SupervisedSession[]> {
    const records = await this.#parts.sessions.list(agencyId, new Date());
    const names = await this.#parts.wallNames(agencyId);
    const connections = Map.groupBy(this.#parts.connections.ofAgency(agencyId), ({ actor }) => actor.sessionId);
    const viewings = Map.groupBy(
      this.#parts.registry.where((viewing) => viewing.agencyId === agencyId && viewing.state === 'running'),
      (viewing) => viewing.sessionId,
    );
    return records.map((record) => ({
      ...withViewings(record, viewings.get(record.id) ?? []),
      connections: connections.get(record.id)?.length ?? 0,
      screens: this.#screensOf(connections.get(record.id) ?? [], names),
    }));
  }

  #screensOf(connections: readonly Connection[], names: ReadonlyMap<string, string>): SupervisedSession['screens'] {
    const screens = new Map<string, SupervisedSession['screens'][number]>();
    for (const { id } of connections) {
      for (const { wallId, screen } of this.#parts.presence.screensOf(id)) {
        screens.set(`${wallId} ${screen ?? ''}`, { wallId, wallName: names.get(wallId) ?? '', screen });
      }
    }
    return [...screens.values()].toSorted(
      (a, b) => a.wallName.localeCompare(b.wallName) || (a.screen ?? 0) - (b.screen ?? 0),
    );
  }

  /** Those that closed or may follow no more are forgotten on the way. */
  #followersOf(agencyId: string): Connection[] {
    for (const follower of this.#followers) {
      if (!follower.isOpen || follower.isRefused) this.#followers.delete(follower);
    }
    return [...this.#followers].filter(({ actor }) => actor.agencyId === agencyId);
  }
}

function withViewings(
  record: RecordedSession,
  viewings: readonly LiveViewing[],
): Omit<SupervisedSession, 'connections' | 'screens'> {
  return {
    ...record,
    bytes: record.bytes + viewings.reduce((sum, { traffic }) => sum + (traffic?.bytes ?? 0), 0),
    viewings: viewings
      .map(({ id, cameraId, cameraName, incident, purpose, startedAt }) => ({
        id,
        cameraId,
        cameraName,
        incidentNumber: incident.number,
        incidentTitle: incident.title,
        purpose,
        startedAt,
      }))
      .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id)),
  };
}
