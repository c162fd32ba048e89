import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import { findCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import type { Incidents } from '../incidents/Incidents.ts';
import type { LiveState } from '../signaling/LiveState.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import { LiveWalls } from './LiveWalls.ts';
import { UndoStore } from './UndoStore.ts';
import { wallHandlers } from './wallHandlers.ts';
import { WallPresence } from './WallPresence.ts';
import { WallRepository } from './WallRepository.ts';
import { type WallNeighbours, Walls } from './Walls.ts';

export function createWalls(parts: {
  db: Db;
  access: Access;
  audit: Audit;
  incidents: Pick<Incidents, 'addCameras'>;
  state: LiveState;
  notifier: Notifier;
  /** Somebody of the agency has opened a screen of a wall, or left one. */
  onPresenceChanged: (agencyId: string) => void;
}) {
  const { db, access, audit, state, notifier } = parts;
  const neighbours: WallNeighbours = {
    assertCameras: async (agencyId, cameraIds) => {
      const found = await findCameras(db, agencyId, cameraIds);
      if (found.length !== new Set(cameraIds).size) throw new CodedError('notFound', 'There is no such camera.');
    },
    assertOpenIncident: async (agencyId, incidentId) => {
      const incident = await findIncident(db, agencyId, incidentId);
      if (incident === null) throw new CodedError('notFound', 'There is no such incident.');
      if (incident.closedAt !== null) throw new CodedError('incidentClosed');
    },
    addIncidentCameras: (actor, incidentId, cameraIds) => parts.incidents.addCameras(actor, incidentId, cameraIds),
  };
  const repository = new WallRepository(db);
  const walls = new Walls({
    access,
    audit,
    repository,
    live: new LiveWalls(state),
    undo: new UndoStore(state),
    neighbours,
    notifier,
  });
  const presence = new WallPresence({
    state,
    tell: (wallId, present) => notifier.tell(topics.wall(wallId), 'wall:presenceChanged', { wallId, present }),
  });
  return {
    walls,
    presence,
    nameWalls: (agencyId: string) => repository.names(agencyId),
    handlers: wallHandlers({ walls, presence, access, onPresenceChanged: parts.onPresenceChanged }),
  };
}
