import type { Point } from '../render/Mesh.ts';
import { ModelBuilder } from '../render/Model.ts';
import type { Model } from '../render/Model.ts';

const VEHICLE_PARTS = ['paint', 'second', 'glass', 'tyre', 'rim', 'front', 'rear', 'trim', 'plate'] as const;
export type VehiclePart = (typeof VEHICLE_PARTS)[number];
export type VehicleModel = Model<VehiclePart>;

export class VehicleBuilder extends ModelBuilder<VehiclePart> {
  readonly isCoarse: boolean;

  constructor(isCoarse: boolean) {
    super(VEHICLE_PARTS);
    this.isCoarse = isCoarse;
  }
}

/** A section across the body: half widths at the sill, the waist and the shoulder. */
interface Section {
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly half: number;
}

function ring({ y, low, high, half }: Section): Point[] {
  const waist = low + (high - low) * 0.55;
  const lip = Math.min(0.1, (high - low) * 0.2);
  return [
    [-half * 0.94, y, low],
    [half * 0.94, y, low],
    [half, y, waist],
    [half * 0.97, y, high - lip],
    [half * 0.86, y, high],
    [-half * 0.86, y, high],
    [-half * 0.97, y, high - lip],
    [-half, y, waist],
  ];
}

/** Sections from the back to the front, joined to a body. Rings run so that their outside is outside. */
export function body(builder: VehicleBuilder, sections: readonly Section[]): void {
  for (const [index, section] of sections.entries()) {
    const next = sections[index + 1];
    if (next !== undefined) builder.tube('paint', ring(next), ring(section));
  }
  const [first, last] = [sections[0], sections.at(-1)];
  if (first !== undefined) builder.cap('paint', ring(first));
  if (last !== undefined) builder.cap('paint', ring(last).toReversed());
}

interface Cabin {
  /** From back to front along y: foot and head of the rear window, head and foot of the windscreen. */
  readonly rearFoot: number;
  readonly rearHead: number;
  readonly frontHead: number;
  readonly frontFoot: number;
  readonly low: number;
  readonly high: number;
  readonly halfLow: number;
  readonly halfHigh: number;
  /** Where along the side, from 0 to 1, the pillars stand. */
  readonly pillars: readonly number[];
  /** Behind this part of the side there is sheet metal, as vans have. */
  readonly closedBelow?: number;
}

function mix(a: Point, b: Point, part: number): Point {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
}

/** Splits a side window into panes with pillars between them. */
function side(builder: VehicleBuilder, cabin: Cabin, sign: 1 | -1): void {
  const { rearFoot, rearHead, frontHead, frontFoot, low, high, halfLow, halfHigh } = cabin;
  const [a, b]: [Point, Point] = [
    [sign * halfLow, rearFoot, low],
    [sign * halfLow, frontFoot, low],
  ];
  const [c, d]: [Point, Point] = [
    [sign * halfHigh, frontHead, high],
    [sign * halfHigh, rearHead, high],
  ];
  const pane = (part: VehiclePart, from: number, to: number, bottom: number, top: number): void => {
    const at = (along: number, up: number): Point => mix(mix(a, b, along), mix(d, c, along), up);
    const corners = [at(from, bottom), at(to, bottom), at(to, top), at(from, top)] as const;
    if (sign === 1) builder.quad(part, ...corners);
    else builder.quad(part, corners[3], corners[2], corners[1], corners[0]);
  };
  const edges = [0, ...cabin.pillars, 1];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [from, to] = [edges[index] ?? 0, edges[index + 1] ?? 1];
    const half = Math.min(0.018, (to - from) / 4);
    pane('paint', from, from + half, 0, 1);
    pane('paint', to - half, to, 0, 1);
    pane('paint', from + half, to - half, 0.88, 1);
    pane(to <= (cabin.closedBelow ?? 0) ? 'paint' : 'glass', from + half, to - half, 0, 0.88);
  }
}

export function cabin(builder: VehicleBuilder, shape: Cabin): void {
  const { rearFoot, rearHead, frontHead, frontFoot, low, high, halfLow, halfHigh } = shape;
  builder.quad(
    'glass',
    [halfLow, frontFoot, low],
    [-halfLow, frontFoot, low],
    [-halfHigh, frontHead, high],
    [halfHigh, frontHead, high],
  );
  const rear = shape.closedBelow === undefined ? 'glass' : 'paint';
  builder.quad(
    rear,
    [-halfLow, rearFoot, low],
    [halfLow, rearFoot, low],
    [halfHigh, rearHead, high],
    [-halfHigh, rearHead, high],
  );
  builder.quad(
    'paint',
    [-halfHigh, rearHead, high],
    [halfHigh, rearHead, high],
    [halfHigh, frontHead, high],
    [-halfHigh, frontHead, high],
  );
  side(builder, shape, 1);
  side(builder, shape, -1);
}

function wheel(builder: VehicleBuilder, x: number, y: number, radius: number, width: number): void {
  const sides = builder.isCoarse ? 7 : 14;
  const at = (offset: number, r: number): Point[] =>
    Array.from({ length: sides }, (_, index): Point => {
      const angle = (index / sides) * 2 * Math.PI;
      return [x + offset, y + r * Math.cos(angle), radius + r * Math.sin(angle)];
    });
  builder.tube('tyre', at(width / 2, radius), at(-width / 2, radius));
  if (builder.isCoarse) {
    for (const sign of [1, -1]) builder.cap('tyre', at((sign * width) / 2, radius));
    return;
  }
  for (const sign of [1, -1] as const) {
    const rim = at((sign * width) / 2, radius * 0.62);
    const tyre = at((sign * width) / 2, radius);
    if (sign === 1) builder.tube('tyre', tyre, rim);
    else builder.tube('tyre', rim, tyre);
    builder.cap('rim', sign === 1 ? rim : rim.toReversed());
  }
}

export function wheels(builder: VehicleBuilder, half: number, axles: readonly number[], radius: number): void {
  for (const y of axles) for (const sign of [1, -1]) wheel(builder, sign * (half - 0.1), y, radius, 0.22);
}

interface Ends {
  readonly front: number;
  readonly rear: number;
  readonly half: number;
  readonly lampHeight: number;
  readonly rearHeight: number;
}

export function ends(builder: VehicleBuilder, { front, rear, half, lampHeight, rearHeight }: Ends): void {
  for (const sign of [1, -1]) {
    const [inner, outer] = [sign * half * 0.52, sign * half * 0.9];
    const [x0, x1] = [Math.min(inner, outer), Math.max(inner, outer)];
    builder.box('front', [x0, front - 0.12, lampHeight - 0.07], [x1, front + 0.02, lampHeight + 0.08]);
    builder.box('rear', [x0, rear - 0.02, rearHeight - 0.1], [x1, rear + 0.12, rearHeight + 0.08]);
  }
  builder.box('trim', [-half * 0.48, front - 0.1, lampHeight - 0.16], [half * 0.48, front + 0.015, lampHeight + 0.05]);
  builder.box('trim', [-half * 0.9, front - 0.2, 0.22], [half * 0.9, front + 0.02, 0.34]);
  builder.box('trim', [-half * 0.9, rear - 0.02, 0.24], [half * 0.9, rear + 0.2, 0.38]);
  builder.box('plate', [-0.26, rear - 0.03, 0.5], [0.26, rear, 0.62]);
  builder.box('plate', [-0.26, front, 0.4], [0.26, front + 0.03, 0.5]);
}
