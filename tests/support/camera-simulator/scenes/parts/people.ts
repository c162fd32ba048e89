import { colour } from '../render/Material.ts';
import type { Colour } from '../render/Material.ts';
import type { Point } from '../render/Mesh.ts';
import { ModelBuilder } from '../render/Model.ts';
import type { Model, Palette } from '../render/Model.ts';

const PARTS = ['skin', 'hair', 'top', 'legs', 'shoes', 'bag'] as const;
export type PersonPart = (typeof PARTS)[number];
export type PersonModel = Model<PersonPart>;

export const STEP_POSES = 12;
/** Metres of one full cycle, two steps. */
export const STRIDE = 1.45;

interface Carried {
  readonly bag: 'none' | 'backpack' | 'shopping';
  readonly hasLongHair: boolean;
  readonly hasCoat: boolean;
}

/** Corners of a limb's section, for people near by and far away. */
export type Detail = 4 | 6 | 9;

/** A level ring around a point, flattened to an ellipse. */
function oval(sides: Detail, x: number, y: number, z: number, halfX: number, halfY: number): Point[] {
  return Array.from({ length: sides }, (_, index): Point => {
    const angle = ((index + 0.5) / sides) * 2 * Math.PI;
    return [x + halfX * Math.cos(angle), y + halfY * Math.sin(angle), z];
  });
}

/** Rings from below to above, joined and closed. */
function stack(builder: ModelBuilder<PersonPart>, part: PersonPart, rings: readonly Point[][]): void {
  for (const [index, ring] of rings.entries()) {
    const next = rings[index + 1];
    if (next !== undefined) builder.tube(part, ring, next);
  }
  const last = rings.at(-1);
  if (last !== undefined) builder.cap(part, last);
}

interface Limb {
  readonly parts: readonly [upper: PersonPart, lower: PersonPart, end: PersonPart];
  readonly from: Point;
  readonly lengths: readonly [upper: number, lower: number];
  /** From straight down, ahead positive. */
  readonly angles: readonly [upper: number, lower: number];
  readonly thickness: readonly [upper: number, lower: number];
}

/** A limb of two parts that bends ahead or back. */
function limb(
  builder: ModelBuilder<PersonPart>,
  sides: Detail,
  { parts, from, lengths, angles, thickness }: Limb,
): void {
  const [x, y, z] = from;
  const [thick, thin] = thickness;
  const kneeY = y + Math.sin(angles[0]) * lengths[0];
  const kneeZ = z - Math.cos(angles[0]) * lengths[0];
  const endY = kneeY + Math.sin(angles[1]) * lengths[1];
  const endZ = kneeZ - Math.cos(angles[1]) * lengths[1];
  const middle = (thick + thin) / 2;
  const few = sides === 9 ? 6 : 4;
  builder.tube(parts[0], oval(few, x, kneeY, kneeZ, middle, middle), oval(few, x, y, z, thick, thick));
  builder.tube(parts[1], oval(few, x, endY, endZ, thin, thin), oval(few, x, kneeY, kneeZ, middle, middle));
  const isFoot = parts[2] === 'shoes';
  if (sides === 4 && !isFoot) return;
  const ahead = isFoot ? 0.17 : 0.05;
  builder.box(
    parts[2],
    [x - 0.045, endY - 0.07, endZ - 0.07],
    [x + 0.045, endY + ahead, endZ + (isFoot ? 0.02 : 0.04)],
  );
}

/** A person 1.72 m tall in one pose of walking; `phase` runs from 0 to 1 over two steps, `stride` 0 stands. */
function person(phase: number, stride: number, carried: Carried, sides: Detail): PersonModel {
  const builder = new ModelBuilder<PersonPart>(PARTS);
  const ring = (y: number, z: number, halfX: number, halfY: number): Point[] => oval(sides, 0, y, z, halfX, halfY);
  const swing = Math.sin(phase * 2 * Math.PI);
  const lift = Math.cos(phase * 2 * Math.PI);
  // The body is highest when the legs pass each other.
  const hip = 0.92 + stride * (0.025 * Math.abs(lift) - 0.012);
  for (const sign of [1, -1] as const) {
    const leg = 0.5 * sign * swing * stride;
    const kneeBend = stride * Math.max(0, sign * lift) * 0.75;
    limb(builder, sides, {
      parts: ['legs', 'legs', 'shoes'],
      from: [sign * 0.09, 0, hip],
      lengths: [0.42, 0.43],
      angles: [leg, leg - kneeBend],
      thickness: [0.088, 0.05],
    });
    const arm = -0.42 * sign * swing * stride;
    const holdsBag = carried.bag === 'shopping' && sign === 1;
    limb(builder, sides, {
      parts: ['top', 'top', 'skin'],
      from: [sign * 0.225, 0, hip + 0.5],
      lengths: [0.28, 0.26],
      angles: holdsBag ? [0.02, 0.05] : [arm, arm + 0.25 * stride + 0.08],
      thickness: [0.055, 0.04],
    });
  }
  const { hasCoat, hasLongHair, bag } = carried;
  stack(builder, 'top', [
    ring(0, hasCoat ? hip - 0.28 : hip - 0.06, hasCoat ? 0.2 : 0.165, 0.13),
    ring(0, hip + 0.12, 0.155, 0.115),
    ring(0.01, hip + 0.36, 0.2, 0.125),
    ring(0, hip + 0.51, 0.215, 0.1),
    ring(0, hip + 0.57, 0.08, 0.07),
  ]);
  const head = hip + 0.7;
  stack(builder, 'skin', [
    ring(0, head - 0.14, 0.05, 0.05),
    ring(0.01, head - 0.1, 0.065, 0.075),
    ring(0.01, head, 0.08, 0.1),
    ring(0, head + 0.08, 0.07, 0.085),
  ]);
  stack(builder, 'hair', [
    ring(-0.03, head - (hasLongHair ? 0.2 : 0.02), hasLongHair ? 0.075 : 0.082, hasLongHair ? 0.07 : 0.08),
    ring(-0.012, head + 0.05, 0.088, 0.1),
    ring(-0.005, head + 0.115, 0.055, 0.065),
  ]);
  if (bag === 'backpack') builder.box('bag', [-0.15, -0.27, hip + 0.08], [0.15, -0.1, hip + 0.5]);
  if (bag === 'shopping') builder.box('bag', [0.17, -0.14, hip - 0.42], [0.29, 0.2, hip - 0.08]);
  return builder.build();
}

/** Poses of one kind of person in one detail: those of walking, and standing as the last. */
export type Poses = readonly PersonModel[];

const made = new Map<string, ReadonlyMap<Detail, Poses>>();

/** The poses of a kind of person, made when first needed. */
function personPoses(carried: Carried): ReadonlyMap<Detail, Poses> {
  const key = JSON.stringify(carried);
  const known = made.get(key);
  if (known !== undefined) return known;
  const details = ([4, 6, 9] as const).map((detail): [Detail, Poses] => {
    const walking = Array.from({ length: STEP_POSES }, (_, index) => person(index / STEP_POSES, 1, carried, detail));
    return [detail, [...walking, person(0, 0, carried, detail)]];
  });
  const poses = new Map(details);
  made.set(key, poses);
  return poses;
}

const SKINS = ['#f0c6a4', '#d9a47c', '#a9734e', '#7c4f33', '#57371f', '#e6b58f'].map(colour);
const HAIRS = ['#2a1d14', '#4a3020', '#17130f', '#8a6a3c', '#6e6a66', '#1d1512'].map(colour);
const TOPS = [
  '#2f3f5c',
  '#8c2f2b',
  '#d8d3c6',
  '#3f5a45',
  '#1f2124',
  '#b9803a',
  '#6a7f96',
  '#7a4a6d',
  '#c8c9cc',
  '#345f75',
  '#9a9384',
  '#4d2f2a',
].map(colour);
const LEGS = ['#26304a', '#2b2b2d', '#5c5648', '#3a4a66', '#1c1e22', '#7a7264'].map(colour);
const BAGS = ['#7a2f2a', '#2d3b2f', '#c7b48c', '#22252b', '#d9d4c4'].map(colour);

export interface PersonLook {
  readonly poses: ReadonlyMap<Detail, Poses>;
  readonly palette: Palette<PersonPart>;
  /** 1 for a grown person. */
  readonly scale: number;
}

function pick(colours: readonly Colour[], random: () => number): Colour {
  return colours[Math.floor(random() * colours.length)] ?? [0.3, 0.3, 0.3];
}

/** Somebody, dressed by chance. */
export function somebody(random: () => number, top?: Colour): PersonLook {
  const kind = random();
  const poses = personPoses({
    bag: kind < 0.25 ? 'backpack' : kind < 0.45 ? 'shopping' : 'none',
    hasLongHair: random() < 0.4,
    hasCoat: random() < 0.3,
  });
  return {
    poses,
    palette: {
      skin: { colour: pick(SKINS, random) },
      hair: { colour: pick(HAIRS, random) },
      top: { colour: top ?? pick(TOPS, random) },
      legs: { colour: pick(LEGS, random) },
      shoes: { colour: random() < 0.3 ? colour('#dcdcdc') : colour('#1b1a19') },
      bag: { colour: pick(BAGS, random) },
    },
    scale: 0.92 + random() * 0.14,
  };
}
