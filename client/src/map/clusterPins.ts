import type { Position } from '@commonsight/types/position';
import { type Bounds, boundsOf, toWorldPixels } from './geometry.ts';

/** Pins nearer than this lie on each other. */
export const clusterRadiusPixels = 34;

export interface ClusterInput {
  id: string;
  position: Position;
}

/** What the map shows in one place: one pin, or a cluster of pins that would lie on each other. */
export interface PinGroup {
  /** The ids of the members, as they came. One: a pin of its own. */
  ids: string[];
  position: Position;
  bounds: Bounds;
}

/**
 * Groups pins that are closer than `radiusPixels` at a zoom. The zoom is taken in half steps, so that a group does not
 * change while the map glides. Order decides who founds a group: give pins in a stable order and the groups are stable.
 */
export function clusterPins(pins: readonly ClusterInput[], zoom: number, radiusPixels: number): PinGroup[] {
  const steadyZoom = Math.floor(zoom * 2) / 2;
  const cells = new Map<string, Group[]>();
  const groups: Group[] = [];
  for (const pin of pins) {
    const point = toWorldPixels(pin.position, steadyZoom);
    const column = Math.floor(point.x / radiusPixels);
    const row = Math.floor(point.y / radiusPixels);
    const group = nearestGroup(cells, column, row, point, radiusPixels);
    if (group !== null) {
      group.members.push(pin);
      continue;
    }
    const founded: Group = { point, members: [pin] };
    const key = `${String(column)}:${String(row)}`;
    cells.set(key, [...(cells.get(key) ?? []), founded]);
    groups.push(founded);
  }
  return groups.map(({ members }) => toPinGroup(members));
}

interface Group {
  /** Of its founder: a centre that wandered with every member would make the result depend on all of them. */
  point: { x: number; y: number };
  members: ClusterInput[];
}

function nearestGroup(
  cells: ReadonlyMap<string, readonly Group[]>,
  column: number,
  row: number,
  point: { x: number; y: number },
  radiusPixels: number,
): Group | null {
  let nearest: Group | null = null;
  let least = radiusPixels;
  for (let x = column - 1; x <= column + 1; x += 1) {
    for (let y = row - 1; y <= row + 1; y += 1) {
      for (const group of cells.get(`${String(x)}:${String(y)}`) ?? []) {
        const distance = Math.hypot(group.point.x - point.x, group.point.y - point.y);
        if (distance < least) {
          least = distance;
          nearest = group;
        }
      }
    }
  }
  return nearest;
}

function toPinGroup(members: readonly ClusterInput[]): PinGroup {
  const positions = members.map(({ position }) => position);
  const bounds = boundsOf(positions) ?? { west: 0, south: 0, east: 0, north: 0 };
  const mean = (read: (position: Position) => number): number =>
    positions.reduce((sum, position) => sum + read(position), 0) / positions.length;
  return {
    ids: members.map(({ id }) => id),
    position: { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) },
    bounds,
  };
}
