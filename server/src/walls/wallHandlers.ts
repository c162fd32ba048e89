import type { Access } from '../access/Access.ts';
import { actorAsUser } from '../access/Actor.ts';
import type { SignalingHandlers } from '../signaling/Dispatcher.ts';
import { topics } from '../signaling/topics.ts';
import type { WallPresence } from './WallPresence.ts';
import type { Walls } from './Walls.ts';

type WallRequest = Extract<keyof SignalingHandlers, `wall:${string}`>;

/** Answers the requests about walls. */
export function wallHandlers(parts: {
  walls: Walls;
  presence: WallPresence;
  access: Pick<Access, 'requireAccess'>;
  onPresenceChanged: (agencyId: string) => void;
}): Pick<SignalingHandlers, WallRequest> {
  const { walls, presence } = parts;
  return {
    'wall:join': async ({ actor, connection }, { wallId, screen }) => {
      const wall = await walls.follow(actor, wallId, async () => {
        connection.join(topics.wall(wallId));
        await presence.join(connection.id, wallId, actorAsUser(actor), screen);
        // One that closed before it had joined found nothing to leave.
        if (!connection.isOpen) await presence.leave(connection.id, wallId);
        parts.onPresenceChanged(actor.agencyId);
      });
      return { wall };
    },
    'wall:leave': async ({ actor, connection }, { wallId }) => {
      await parts.access.requireAccess(actor, 'wall.read', { auditType: 'wall.read', record: 'refusals' });
      connection.leave(topics.wall(wallId));
      await presence.leave(connection.id, wallId);
      parts.onPresenceChanged(actor.agencyId);
      return {};
    },
    'wall:assignTile': ({ actor }, request) => walls.assignTile(actor, request),
    'wall:moveTile': ({ actor }, request) => walls.moveTile(actor, request),
    'wall:clearTile': ({ actor }, request) => walls.clearTile(actor, request),
    'wall:setLayout': ({ actor }, request) => walls.setLayout(actor, request),
    'wall:addScreen': ({ actor }, request) => walls.addScreen(actor, request),
    'wall:dockCameras': ({ actor }, request) => walls.dockCameras(actor, request),
    'wall:undo': ({ actor }, { wallId }) => walls.undo(actor, wallId),
  };
}
