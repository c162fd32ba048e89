import { holdsPermission } from '../access/Access.ts';
import type { UserActor } from '../access/Actor.ts';
import type { CameraReach } from '../access/CameraLimits.ts';
import type { Connection } from './Connection.ts';
import type { Connections } from './Connections.ts';
import { type Topic, topics } from './topics.ts';

export interface CameraTopicsParts {
  reachOf(user: UserActor): Promise<CameraReach>;
  /** The ids of the agency's cameras. */
  camerasOf(agencyId: string): Promise<readonly string[]>;
  connections: Pick<Connections, 'ofAgency'>;
}

/** Lets each connection hear of the cameras that its user reaches, and of no others. */
export class CameraTopics {
  readonly #parts: CameraTopicsParts;
  readonly #joined = new WeakMap<Connection, Topic[]>();

  constructor(parts: CameraTopicsParts) {
    this.#parts = parts;
  }

  /** The topics of the cameras that the user reaches now; none for who sees no cameras. */
  async wantedBy(actor: UserActor): Promise<Topic[]> {
    if (!holdsPermission(actor, 'camera.list')) return [];
    const reach = await this.#parts.reachOf(actor);
    if (!reach.isLimited) return [topics.allCameras(actor.agencyId)];
    const cameraIds = await this.#parts.camerasOf(actor.agencyId);
    return cameraIds.filter((id) => reach.holds(id)).map((id) => topics.camera(id));
  }

  /** Joins these, and leaves what was joined before. */
  join(connection: Connection, wanted: Topic[]): void {
    for (const topic of this.#joined.get(connection) ?? []) if (!wanted.includes(topic)) connection.leave(topic);
    for (const topic of wanted) connection.join(topic);
    this.#joined.set(connection, wanted);
  }

  async joinWanted(connection: Connection): Promise<void> {
    this.join(connection, await this.wantedBy(connection.actor));
  }

  /** Cameras or groups of the agency have changed. */
  async joinAgain(agencyId: string): Promise<void> {
    for (const connection of this.#parts.connections.ofAgency(agencyId)) await this.joinWanted(connection);
  }
}
