import type { Camera } from '@commonsight/types/camera';
import type { Id } from '@commonsight/types/ids';
import type { Incident } from '@commonsight/types/incident';
import { layoutSlots } from '@commonsight/types/layout';
import type { Screen, Tile, Wall } from '@commonsight/types/wall';
import { type CameraMark, cameraMark, couldShow } from '../map/cameraMark.ts';

/** How many of an incident's cameras are in which health, as its row says it; none left out, none that are zero. */
export function countMarks(
  cameraIds: readonly Id[],
  cameras: ReadonlyMap<Id, Camera>,
): { mark: CameraMark; count: number }[] {
  const order: readonly CameraMark[] = ['live', 'waiting', 'ready', 'notShared', 'warn', 'stale', 'off'];
  const marks = cameraIds.flatMap((id) => {
    const camera = cameras.get(id);
    return camera === undefined ? [] : [cameraMark(camera)];
  });
  return order
    .map((mark) => ({ mark, count: marks.filter((other) => other === mark).length }))
    .filter(({ count }) => count > 0);
}

export interface GroupTile {
  screen: number;
  tile: Tile;
  /** The layout of its screen is too small to show it. */
  isHidden: boolean;
}

/** The tiles of an incident's group on all screens of a wall: those put into it, and on the incident's own wall the rest. */
export function groupTiles(wall: Wall, incidentId: Id): GroupTile[] {
  return wall.screens.flatMap(({ number, layout, tiles }) =>
    tiles
      .filter((tile) => (tile.incidentId ?? wall.incidentId) === incidentId)
      .toSorted((a, b) => a.slot - b.slot)
      .map((tile) => ({ screen: number, tile, isHidden: tile.slot > layoutSlots[layout] })),
  );
}

export interface DockingPlan {
  cameraIds: Id[];
  /** The incident's own cameras, or, when those are all shown, the nearest others. */
  source: 'incident' | 'nearest';
}

/**
 * What "Show its cameras" puts on the screen: the incident's cameras that have no tile of its group yet, else the
 * nearest cameras that could show a picture and are not on a tile of another incident; as many as there are free
 * slots. Null when nothing is left to show, or no slot is free.
 */
export function planDocking(
  incident: Incident,
  nearIds: readonly Id[],
  wallIncidentId: Id | null,
  screen: Screen,
  cameras: ReadonlyMap<Id, Camera>,
): DockingPlan | null {
  const inGroup = new Set(screen.tiles.filter((tile) => tile.incidentId === incident.id).map((tile) => tile.cameraId));
  const ofOthers = new Set(
    screen.tiles
      .filter((tile) => (tile.incidentId ?? wallIncidentId ?? incident.id) !== incident.id)
      .map((tile) => tile.cameraId),
  );
  const onScreen = new Set(screen.tiles.map((tile) => tile.cameraId));
  const free = freeSlots(screen);
  const fitting = (cameraIds: readonly Id[]): Id[] => {
    let left = free;
    return cameraIds.filter((id) => {
      // A camera that is on the screen already keeps its tile and takes no slot.
      if (onScreen.has(id)) return true;
      left -= 1;
      return left >= 0;
    });
  };
  const own = fitting(incident.cameraIds.filter((id) => cameras.has(id) && !inGroup.has(id)));
  if (own.length > 0) return { cameraIds: own.slice(0, 16), source: 'incident' };
  const usable = nearIds.filter((id) => {
    const camera = cameras.get(id);
    const isTaken = inGroup.has(id) || ofOthers.has(id);
    return camera !== undefined && !isTaken && couldShow(camera);
  });
  const nearest = fitting(usable.slice(0, nearestAtOnce));
  return nearest.length > 0 ? { cameraIds: nearest, source: 'nearest' } : null;
}

/** One press should help and not fill the wall. */
const nearestAtOnce = 4;

export function freeSlots({ layout, tiles }: Screen): number {
  const slots = layoutSlots[layout];
  return slots - tiles.filter((tile) => tile.slot <= slots).length;
}
