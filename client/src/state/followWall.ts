import type { Id } from '@commonsight/types/ids';
import type { WallMedia } from '../media/WallMedia.ts';
import type { AttentionStore } from './attention.ts';
import type { CamerasStore } from './cameras.ts';
import type { GrantFlow } from './GrantFlow.ts';
import { isRunning, type GrantsStore } from './grants.ts';
import { currentScreen, type WallStore } from './wall.ts';
import { wantedTiles } from './wantedTiles.ts';

interface WallFollower {
  wall: { store: WallStore };
  attention: AttentionStore;
  cameras: CamerasStore;
  grants: GrantsStore;
  grantFlow: GrantFlow;
  media: WallMedia;
  clock: { nowMs(): number };
}

/** Keeps the pictures in step with the wall, the maximised tile and the grants. Returns the function that stops it. */
export function followWall(around: WallFollower): () => void {
  const sync = (): void => syncTiles(around);
  const stops = [
    around.wall.store.subscribe(sync),
    around.attention.subscribe((now, before) => {
      if (now.maximisedTileId !== before.maximisedTileId) sync();
    }),
    around.grants.subscribe(({ byId }, before) => {
      for (const grant of byId.values()) {
        if (before.byId.get(grant.id) === grant || !isRunning(grant, around.clock.nowMs())) continue;
        around.grantFlow.handleAnswered(grant.incidentId, grant.cameraIds);
        around.media.grantGiven(grant.incidentId, grant.cameraIds);
      }
      sync();
    }),
    around.cameras.subscribe((now, before) => {
      // Health and watchers change often and say nothing about what is wanted.
      if (now.order !== before.order) sync();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function syncTiles({ wall, attention, cameras, grants, grantFlow, media, clock }: WallFollower): void {
  const state = wall.store.getState();
  const screen = currentScreen(state);
  if (state.state !== 'joined' || screen === null) {
    // Pictures go on while the wall is read anew; they go when the user leaves it.
    if (state.state === 'none' || state.state === 'notFound') media.setWanted([]);
    return;
  }
  const { maximisedTileId } = attention.getState();
  if (maximisedTileId !== null && !screen.tiles.some((tile) => tile.id === maximisedTileId)) {
    attention.setState({ maximisedTileId: null });
    return;
  }
  const tiles = wantedTiles({
    wall: state.wall,
    screen,
    maximisedTileId,
    cameras: cameras.getState().byId,
    grants: grants.getState(),
    serverNowMs: clock.nowMs(),
  });
  media.setWanted(tiles);
  grantFlow.keepOnly(new Set(tiles.map((tile) => tile.cameraId)));
  const unchosen: Id[] = tiles.filter((tile) => tile.isShown && tile.incidentId === null).map((tile) => tile.cameraId);
  if (unchosen.length > 0) grantFlow.needed(null, unchosen);
}
