import type { Mover } from '../movers/Mover.ts';
import { walk } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { building } from '../parts/building.ts';
import type { FacadeStyle } from '../parts/facade.ts';
import { CAR_PAINTS, VEHICLES, vehiclePalette } from '../parts/vehicles.ts';
import type { VehicleKind, VehicleStyle } from '../parts/vehicles.ts';
import { colour } from '../render/Material.ts';
import type { Colour } from '../render/Material.ts';
import type { MeshBuilder } from '../render/Mesh.ts';
import { placeModel } from '../render/Model.ts';

export function pickPaint(random: () => number): Colour {
  return CAR_PAINTS[Math.floor(random() * CAR_PAINTS.length)] ?? [0.5, 0.5, 0.5];
}

export function someCar(random: () => number): { kind: VehicleKind; style: VehicleStyle } {
  const kinds = ['sedan', 'hatchback', 'suv', 'sedan', 'suv', 'pickup', 'van'] as const;
  return { kind: kinds[Math.floor(random() * kinds.length)] ?? 'sedan', style: { paint: pickPaint(random) } };
}

export interface Parked {
  readonly kind: VehicleKind;
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  readonly yaw: number;
  readonly style: VehicleStyle;
}

export function park(builder: MeshBuilder, { kind, style, ...place }: Parked): void {
  placeModel(builder, VEHICLES[kind].near, vehiclePalette(style), place);
}

/** Cars along a kerb, with a gap here and there. */
export function parkedRow(
  builder: MeshBuilder,
  { x, from, to, yaw, random }: { x: number; from: number; to: number; yaw: number; random: () => number },
): void {
  for (let y = from; y < to; y += 5.9) {
    if (random() < 0.82)
      park(builder, { ...someCar(random), x: x + (random() - 0.5) * 0.2, y: y + random() * 0.5, yaw });
  }
}

const WALLS = ['#9a5a45', '#cfc2a8', '#b8b4aa', '#8d6b56', '#a9a69f', '#c1a184', '#7f4a3b', '#d3cbb8', '#94918b'].map(
  colour,
);
const SIGNS = ['#2d4a3e', '#7a2f2a', '#27364d', '#4d3a57', '#6b5424', '#1f2a2c'].map(colour);

export interface HouseRow {
  /** The line that the fronts stand on, and how deep the houses are; they lie on the far side of it. */
  readonly x: number;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  readonly random: () => number;
  readonly storeys?: readonly [fewest: number, most: number];
  readonly hasShops?: boolean;
  readonly lit?: number;
}

/** Houses side by side along a street that runs along y. A negative depth puts them on the left. */
export function houseRow(builder: MeshBuilder, row: HouseRow): void {
  const { x, depth, from, to, random, storeys = [3, 6], hasShops = true, lit = 0 } = row;
  for (let y = from; y < to;) {
    const width = 11 + random() * 12;
    const floors = storeys[0] + Math.floor(random() * (storeys[1] - storeys[0] + 1));
    const kinds = ['brick', 'brick', 'plaster', 'stone', 'concrete'] as const;
    const style: FacadeStyle = {
      wall: WALLS[Math.floor(random() * WALLS.length)] ?? [0.4, 0.4, 0.4],
      kind: kinds[Math.floor(random() * kinds.length)] ?? 'brick',
      sign: SIGNS[Math.floor(random() * SIGNS.length)] ?? [0.1, 0.1, 0.1],
      seed: Math.floor(random() * 1000),
      bay: 2.4 + random() * 1.2,
      windowWidth: 0.42 + random() * 0.2,
      lit,
      ...(hasShops ? { shopHeight: 3.9 + random() * 0.6 } : {}),
      ...(random() < 0.5 ? { frame: colour('#e6e1d6') } : {}),
    };
    const [x0, x1] = depth > 0 ? [x, x + depth] : [x + depth, x];
    building(builder, { x0, y0: y, x1, y1: Math.min(y + width, to) }, floors * 3.4 + (hasShops ? 4 : 0.6), style);
    y += width;
  }
}

/** People on each of the ways, in both directions. */
export function walkers(ways: readonly (readonly Stop[])[], random: () => number, z = 0): Mover[] {
  return ways.flatMap((way) => [
    ...walk({ path: way, random, z }),
    ...walk({ path: way.toReversed().map(([x, y]): Stop => [x + 0.7, y + 0.5]), random, z }),
  ]);
}
