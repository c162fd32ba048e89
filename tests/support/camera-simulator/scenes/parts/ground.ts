import { above, between, blendColour, colour, scaleColour, setColour } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';
import { cloudNoise, hash2, noise2 } from '../render/noise.ts';

/** Paint on the ground: how much of a place it covers, from 0 to 1. */
export interface Marking {
  readonly colour: Colour;
  cover(x: number, y: number, width: number): number;
}

const WHITE_PAINT = colour('#d9d9d2');
export const YELLOW_PAINT = colour('#d0a53a');

interface LineStyle {
  readonly width?: number;
  readonly dash?: number;
  readonly gap?: number;
  readonly colour?: Colour;
}

/** A painted line from one point to another, dashed when `dash` and `gap` (metres) are given. */
export function line(x0: number, y0: number, x1: number, y1: number, style: LineStyle = {}): Marking {
  const { width: lineWidth = 0.15, dash, gap = 0, colour: paint = WHITE_PAINT } = style;
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [alongX, alongY] = [(x1 - x0) / length, (y1 - y0) / length];
  return {
    colour: paint,
    cover: (x, y, width) => {
      const side = (x - x0) * alongY - (y - y0) * alongX;
      if (Math.abs(side) > lineWidth + width) return 0;
      const along = (x - x0) * alongX + (y - y0) * alongY;
      const onLine = between(side, -lineWidth / 2, lineWidth / 2, width) * between(along, 0, length, width);
      if (dash === undefined || onLine === 0) return onLine;
      if (width > dash + gap) return (onLine * dash) / (dash + gap);
      return onLine * between(((along % (dash + gap)) + dash + gap) % (dash + gap), 0, dash, width);
    },
  };
}

/** A crossing for people: stripes along the direction of the traffic, in a rectangle. */
export function zebra(x0: number, y0: number, x1: number, y1: number, stripesRunAlong: 'x' | 'y'): Marking {
  const pitch = 1.1;
  return {
    colour: WHITE_PAINT,
    cover: (x, y, width) => {
      const inside = between(x, x0, x1, width) * between(y, y0, y1, width);
      if (inside === 0) return 0;
      const across = stripesRunAlong === 'x' ? y - y0 : x - x0;
      return width > pitch ? inside * 0.5 : inside * between(((across % pitch) + pitch) % pitch, 0.25, 0.8, width);
    },
  };
}

/** The arrow on a lane; `yaw` turns it from pointing along y to the left. */
export function arrow(x: number, y: number, yaw: number): Marking {
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  return {
    colour: WHITE_PAINT,
    cover: (px, py, width) => {
      const [dx, dy] = [px - x, py - y];
      const side = Math.abs(dx * cos + dy * sin);
      const along = -dx * sin + dy * cos;
      if (side > 1 || Math.abs(along) > 2.5) return 0;
      const shaft = between(along, -2, 0.6, width) * between(side, -1, 0.09, width);
      const head = between(along, 0.6, 2, width) * (1 - above(side, (2 - along) * 0.32, width));
      return Math.max(shaft, head);
    },
  };
}

/** Any rectangle of one colour: a cycle lane, a bus bay. */
export function patch(x0: number, y0: number, x1: number, y1: number, paint: Colour): Marking {
  return { colour: paint, cover: (x, y, width) => between(x, x0, x1, width) * between(y, y0, y1, width) };
}

export interface AsphaltStyle {
  readonly markings?: readonly Marking[];
  readonly colour?: Colour;
  /** From 0, dry, to 1, with puddles. */
  readonly wetness?: number;
  readonly seed?: number;
}

const ASPHALT = colour('#6b6a69');

/** Asphalt with patches, cracks, stains and worn paint. */
export function asphalt({ markings = [], colour: base = ASPHALT, wetness = 0, seed = 0 }: AsphaltStyle = {}): Material {
  return ({ x, y, width }, look) => {
    const large = cloudNoise(x * 0.16 + seed, y * 0.16, 3, width * 0.16);
    const grain = width < 0.08 ? hash2(x * 40, y * 40) * (1 - width / 0.08) : 0.5;
    setColour(look, base, 0.72 + large * 0.5 + (grain - 0.5) * 0.14);
    // Repaired stretches are darker, with straight borders.
    const cell = hash2(Math.floor(x / 5.3 + seed), Math.floor(y / 8.7));
    if (cell > 0.86) scaleColour(look, 0.78);
    // Cracks run where two noises agree, so that they break off rather than close to rings.
    const crack = Math.abs(cloudNoise(x * 0.8 + seed, y * 0.8, 3) - 0.5);
    if (width < 0.2 && noise2(x * 0.21, y * 0.21 - seed) > 0.55) {
      scaleColour(look, 1 - 0.25 * (1 - above(crack, 0.005, 0.012 + width * 0.06)));
    }
    const stain = cloudNoise(x * 1.1 - seed, y * 0.5, 3, width);
    scaleColour(look, 1 - 0.2 * above(stain, 0.7, 0.25));
    for (const marking of markings) {
      const cover = marking.cover(x, y, Math.max(width, 0.03));
      if (cover === 0) continue;
      const worn = 0.55 + 0.45 * above(cloudNoise(x * 1.7, y * 1.7, 3, width * 1.7), 0.38, 0.25);
      blendColour(look, marking.colour, cover * worn);
    }
    if (wetness > 0) {
      const puddle = above(cloudNoise(x * 0.25 + 31, y * 0.25 + seed, 3), 0.62 - wetness * 0.25, 0.12);
      scaleColour(look, 1 - wetness * 0.45);
      look.mirror = wetness * (0.05 + 0.1 * puddle);
    }
  };
}

const CONCRETE = colour('#a9a69e');

/** Pavement of concrete slabs with joints and stains. */
export function slabs(size = 1.5, base: Colour = CONCRETE, seed = 0): Material {
  return ({ x, y, width }, look) => {
    const slab = hash2(Math.floor(x / size) + seed, Math.floor(y / size));
    const stains = cloudNoise(x * 0.5 + seed, y * 0.5, 4, width * 0.5);
    setColour(look, base, 0.74 + slab * 0.14 + stains * 0.3);
    if (width > size) return;
    const joint = Math.max(
      between(((x % size) + size) % size, 0, 0.035, Math.max(width, 0.02)),
      between(((y % size) + size) % size, 0, 0.035, Math.max(width, 0.02)),
    );
    scaleColour(look, 1 - joint * 0.4);
  };
}

/** Small stones in two tones, laid in fans or squares, as on old squares. */
export function cobbles(dark: Colour, light: Colour, seed = 0): Material {
  return ({ x, y, width }, look) => {
    const tile = hash2(Math.floor(x / 0.16) + seed, Math.floor(y / 0.16));
    const fade = Math.min(1, Math.max(0, 1 - width / 0.25));
    // Bands of the darker stone make large squares.
    const band = Math.max(between(((x % 6) + 6) % 6, 0, 0.9, width), between(((y % 6) + 6) % 6, 0, 0.9, width));
    setColour(look, light);
    blendColour(look, dark, band * 0.8);
    scaleColour(look, 0.8 + 0.25 * cloudNoise(x * 0.3, y * 0.3 + seed, 3, width) + (tile - 0.5) * 0.2 * fade);
  };
}

const GRASS = colour('#5d7a35');
const DRY_GRASS = colour('#8c8a4e');

/** A lawn with worn and mown stretches. */
export function grass(seed = 0): Material {
  return ({ x, y, width }, look) => {
    setColour(look, GRASS, 0.65 + 0.5 * cloudNoise(x * 0.4 + seed, y * 0.4, 4, width * 0.4));
    blendColour(look, DRY_GRASS, 0.7 * above(cloudNoise(x * 0.11, y * 0.11 + seed, 3), 0.55, 0.25));
    if (width < 0.15) scaleColour(look, 0.8 + 0.4 * hash2(x * 25, y * 25));
  };
}

/** Fine gravel or sand of one colour, for paths. */
export function gravel(base: Colour, seed = 0): Material {
  return ({ x, y, width }, look) => {
    const grain = width < 0.1 ? hash2(x * 30, y * 30) : 0.5;
    setColour(look, base, 0.7 + 0.4 * cloudNoise(x * 0.6 + seed, y * 0.6, 3, width) + (grain - 0.5) * 0.25);
  };
}

/** One colour, a little uneven. */
export function plain(base: Colour, unevenness = 0.15, mirror = 0): Material {
  return ({ x, y, z, width }, look) => {
    setColour(look, base, 1 + unevenness * (cloudNoise((x + z) * 0.9, (y - z) * 0.9, 3, width) - 0.5) * 2);
    look.mirror = mirror;
  };
}

/** A surface that shines by itself: a lamp, a lit sign. */
export function shining(light: Colour, strength: number): Material {
  return (_at, look) => {
    setColour(look, light, 0.5);
    look.glowRed = light[0] * strength;
    look.glowGreen = light[1] * strength;
    look.glowBlue = light[2] * strength;
  };
}
