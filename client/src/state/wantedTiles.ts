import type { Camera } from '@commonsight/types/camera';
import type { Id } from '@commonsight/types/ids';
import { type Layout, layoutSlots } from '@commonsight/types/layout';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { Screen, Tile, Wall } from '@commonsight/types/wall';
import type { WantedTile } from '../media/WallMedia.ts';
import { grantForCamera, type GrantsState } from './grants.ts';

export interface WantedTilesInput {
  wall: Wall;
  screen: Screen;
  maximisedTileId: Id | null;
  cameras: ReadonlyMap<Id, Camera>;
  grants: GrantsState;
  serverNowMs: number;
}

/** What the tiles of a screen should show: the stream that fits their size, under the incident that they belong to. */
export function wantedTiles(input: WantedTilesInput): WantedTile[] {
  const { screen, maximisedTileId, cameras } = input;
  return screen.tiles.map((tile) => {
    const isMaximised = tile.id === maximisedTileId;
    const isCovered = maximisedTileId !== null && !isMaximised;
    return {
      tileId: tile.id,
      cameraId: tile.cameraId,
      stream: chooseStream(cameras.get(tile.cameraId), screen.layout, tile.slot, isMaximised),
      incidentId: incidentOfTile(input, tile),
      isShown: tile.slot <= layoutSlots[screen.layout] && !isCovered,
    };
  });
}

/** The large stream where the tile is large, otherwise the small one; what the camera offers, if it offers one only. */
export function chooseStream(
  camera: Camera | undefined,
  layout: Layout,
  slot: number,
  isMaximised: boolean,
): StreamKind {
  const isLarge = isMaximised || layout === '1' || (layout === '1+5' && slot === 1);
  const wished: StreamKind = isLarge ? 'main' : 'sub';
  if (camera === undefined || camera.streams.length === 0) return wished;
  return camera.streams.some((stream) => stream.kind === wished) ? wished : (camera.streams[0]?.kind ?? wished);
}

/**
 * The incident under which a tile is viewed: its own, else the wall's, else one for which a grant for the camera runs
 * already. Null: somebody has to choose. A closed incident stays the tile's incident, so that the tile says that it was
 * closed and does not slip under another one.
 */
export function incidentOfTile(
  { wall, grants, serverNowMs }: Pick<WantedTilesInput, 'wall' | 'grants' | 'serverNowMs'>,
  tile: Tile,
): Id | null {
  return tile.incidentId ?? wall.incidentId ?? grantForCamera(grants, tile.cameraId, serverNowMs)?.incidentId ?? null;
}
