import { colour } from '../render/Material.ts';
import type { Colour } from '../render/Material.ts';
import type { Palette } from '../render/Model.ts';
import { VehicleBuilder, body, cabin, ends, wheels } from './vehicleParts.ts';
import type { VehicleModel, VehiclePart } from './vehicleParts.ts';

function sedan(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  body(builder, [
    { y: -2.32, low: 0.36, high: 0.86, half: 0.8 },
    { y: -2.2, low: 0.28, high: 0.98, half: 0.87 },
    { y: -1.5, low: 0.24, high: 1.02, half: 0.91 },
    { y: 0.95, low: 0.24, high: 0.95, half: 0.91 },
    { y: 1.9, low: 0.26, high: 0.82, half: 0.89 },
    { y: 2.2, low: 0.3, high: 0.72, half: 0.83 },
    { y: 2.32, low: 0.38, high: 0.62, half: 0.76 },
  ]);
  cabin(builder, {
    rearFoot: -1.72,
    rearHead: -1.02,
    frontHead: 0.12,
    frontFoot: 0.98,
    low: 0.97,
    high: 1.45,
    halfLow: 0.84,
    halfHigh: 0.62,
    pillars: [0.14, 0.5],
  });
  wheels(builder, 0.91, [-1.38, 1.42], 0.32);
  ends(builder, { front: 2.26, rear: -2.28, half: 0.86, lampHeight: 0.66, rearHeight: 0.82 });
  return builder.build();
}

function hatchback(height: number, isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  body(builder, [
    { y: -2.1, low: 0.36, high: 0.9, half: 0.8 },
    { y: -2.0, low: 0.28, high: height * 0.64, half: 0.88 },
    { y: 0.8, low: 0.26, high: height * 0.62, half: 0.91 },
    { y: 1.75, low: 0.28, high: height * 0.55, half: 0.89 },
    { y: 2.05, low: 0.32, high: height * 0.48, half: 0.82 },
    { y: 2.14, low: 0.4, high: height * 0.42, half: 0.76 },
  ]);
  cabin(builder, {
    rearFoot: -2.02,
    rearHead: -1.72,
    frontHead: 0.05,
    frontFoot: 0.85,
    low: height * 0.625,
    high: height,
    halfLow: 0.85,
    halfHigh: 0.66,
    pillars: [0.28, 0.62],
  });
  wheels(builder, 0.91, [-1.3, 1.3], height > 1.6 ? 0.36 : 0.31);
  ends(builder, { front: 2.1, rear: -2.08, half: 0.86, lampHeight: height * 0.44, rearHeight: height * 0.56 });
  return builder.build();
}

function van(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  body(builder, [
    { y: -2.7, low: 0.36, high: 1.2, half: 0.95 },
    { y: 1.7, low: 0.32, high: 1.2, half: 0.98 },
    { y: 2.4, low: 0.34, high: 1.08, half: 0.95 },
    { y: 2.6, low: 0.4, high: 0.9, half: 0.88 },
  ]);
  cabin(builder, {
    rearFoot: -2.7,
    rearHead: -2.66,
    frontHead: 1.3,
    frontFoot: 2.15,
    low: 1.16,
    high: 2.25,
    halfLow: 0.96,
    halfHigh: 0.86,
    pillars: [0.4, 0.76],
    closedBelow: 0.8,
  });
  wheels(builder, 0.98, [-1.7, 1.65], 0.35);
  ends(builder, { front: 2.54, rear: -2.68, half: 0.92, lampHeight: 0.84, rearHeight: 1.05 });
  return builder.build();
}

function pickup(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  body(builder, [
    { y: -2.7, low: 0.5, high: 1.08, half: 0.94 },
    { y: 1.0, low: 0.45, high: 1.12, half: 0.97 },
    { y: 2.3, low: 0.46, high: 1.06, half: 0.95 },
    { y: 2.65, low: 0.5, high: 0.92, half: 0.9 },
  ]);
  builder.box('trim', [-0.8, -2.55, 1.06], [0.8, -0.6, 1.1]);
  cabin(builder, {
    rearFoot: -0.6,
    rearHead: -0.42,
    frontHead: 0.6,
    frontFoot: 1.2,
    low: 1.1,
    high: 1.78,
    halfLow: 0.88,
    halfHigh: 0.7,
    pillars: [0.5],
  });
  wheels(builder, 0.97, [-1.65, 1.75], 0.4);
  ends(builder, { front: 2.58, rear: -2.68, half: 0.92, lampHeight: 0.86, rearHeight: 0.95 });
  return builder.build();
}

function bus(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  const [half, rear, front] = [1.27, -6, 6];
  builder.box('paint', [-half, rear, 0.32], [half, front, 1.15]);
  builder.box('second', [-half - 0.01, rear, 0.95], [half + 0.01, front, 1.12]);
  builder.box('paint', [-half, rear, 2.45], [half, front, 3]);
  builder.box('glass', [-half + 0.03, rear + 0.03, 1.1], [half - 0.03, front - 0.02, 2.5]);
  for (let pillar = rear + 0.02; pillar < front; pillar += 1.6) {
    builder.box('paint', [-half, pillar, 1.1], [half, pillar + 0.12, 2.5]);
  }
  builder.box('paint', [-half, rear, 1.1], [half, rear + 0.06, 2.2]);
  builder.box('second', [-0.8, front - 0.05, 2.55], [0.8, front + 0.03, 2.85]);
  for (const y of [2.4, -0.6, -4.4]) builder.box('trim', [half - 0.02, y, 0.4], [half + 0.02, y + 1.1, 2.4]);
  builder.box('trim', [-0.9, -4, 3], [0.9, -1, 3.25]);
  wheels(builder, half + 0.02, [-3.4, 3.6], 0.48);
  ends(builder, { front: front - 0.02, rear: rear + 0.02, half: 1.2, lampHeight: 0.72, rearHeight: 1 });
  return builder.build();
}

function truck(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  builder.box('second', [-1.25, -5, 1], [1.25, 2.2, 3.7]);
  builder.box('trim', [-0.9, -5, 0.6], [0.9, 4, 1]);
  body(builder, [
    { y: 2.5, low: 0.55, high: 1.7, half: 1.15 },
    { y: 4.2, low: 0.5, high: 1.65, half: 1.15 },
    { y: 4.4, low: 0.55, high: 1.4, half: 1.08 },
  ]);
  cabin(builder, {
    rearFoot: 2.5,
    rearHead: 2.52,
    frontHead: 3.95,
    frontFoot: 4.3,
    low: 1.65,
    high: 2.75,
    halfLow: 1.12,
    halfHigh: 1.02,
    pillars: [0.4],
    closedBelow: 0.45,
  });
  wheels(builder, 1.2, [-4, -2.9, 3.2], 0.48);
  ends(builder, { front: 4.36, rear: -5, half: 1.1, lampHeight: 0.85, rearHeight: 0.8 });
  return builder.build();
}

/** A car of a tram, 14 m long, with its lights at both ends. */
function tram(isCoarse: boolean): VehicleModel {
  const builder = new VehicleBuilder(isCoarse);
  const half = 1.25;
  for (const [rear, front] of [
    [-14, -5.1],
    [-4.7, 4.7],
    [5.1, 14],
  ] as const) {
    builder.box('paint', [-half, rear, 0.3], [half, front, 1.2]);
    builder.box('second', [-half - 0.01, rear, 1], [half + 0.01, front, 1.16]);
    builder.box('paint', [-half, rear, 2.6], [half, front, 3.2]);
    builder.box('glass', [-half + 0.02, rear + 0.02, 1.2], [half - 0.02, front - 0.02, 2.6]);
    for (let pillar = rear; pillar < front - 0.1; pillar += 1.75)
      builder.box('paint', [-half, pillar, 1.2], [half, pillar + 0.14, 2.6]);
    builder.box('trim', [-0.7, rear + 2, 3.2], [0.7, front - 2, 3.45]);
  }
  for (const y of [-4.9, 4.9]) builder.box('trim', [-1.05, y - 0.25, 0.5], [1.05, y + 0.25, 3]);
  builder.box('trim', [-1, -13.5, 0.05], [1, 13.5, 0.32]);
  ends(builder, { front: 13.98, rear: -13.98, half: 1.15, lampHeight: 0.8, rearHeight: 0.9 });
  return builder.build();
}

/** A vehicle for near by, and one with fewer triangles for far away. */
function inBothDetails(build: (isCoarse: boolean) => VehicleModel): { near: VehicleModel; far: VehicleModel } {
  return { near: build(false), far: build(true) };
}

export const VEHICLES = {
  sedan: inBothDetails(sedan),
  hatchback: inBothDetails((isCoarse) => hatchback(1.5, isCoarse)),
  suv: inBothDetails((isCoarse) => hatchback(1.72, isCoarse)),
  van: inBothDetails(van),
  pickup: inBothDetails(pickup),
  bus: inBothDetails(bus),
  truck: inBothDetails(truck),
  tram: inBothDetails(tram),
};

export type VehicleKind = keyof typeof VEHICLES;

export const CAR_PAINTS: readonly Colour[] = [
  colour('#d9dadb'),
  colour('#2b2d30'),
  colour('#8f9499'),
  colour('#5b6066'),
  colour('#9c2a25'),
  colour('#2d4f86'),
  colour('#e6e4dc'),
  colour('#4a5a48'),
  colour('#b08d4f'),
  colour('#1d2f45'),
];

export interface VehicleStyle {
  readonly paint: Colour;
  readonly second?: Colour;
  /** Whether head and tail lamps burn. */
  readonly isLit?: boolean;
  /** Brightness of the inside, for buses and trams at night. */
  readonly insideGlow?: number;
}

export function vehiclePalette({ paint, second, isLit = false, insideGlow = 0 }: VehicleStyle): Palette<VehiclePart> {
  return {
    paint: { colour: paint, mirror: 0.06 },
    second: { colour: second ?? colour('#dfe1e2'), mirror: 0.04 },
    glass:
      insideGlow > 0
        ? { colour: colour('#ffe9c4'), glow: insideGlow, mirror: 0.05 }
        : { colour: colour('#1a2025'), mirror: 0.2 },
    tyre: { colour: colour('#1b1b1c') },
    rim: { colour: colour('#85888b'), mirror: 0.05 },
    front: { colour: colour('#f4f3ec'), glow: isLit ? 7 : 0.05, mirror: 0.05 },
    rear: { colour: colour('#c1121a'), glow: isLit ? 2.2 : 0.03 },
    trim: { colour: colour('#232426'), mirror: 0.02 },
    plate: { colour: colour('#dcdcd4') },
  };
}
