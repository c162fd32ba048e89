import type { Colour } from './Material.ts';
import { cloudNoise } from './noise.ts';
import type { Point } from './Mesh.ts';

export interface Lamp {
  readonly at: Point;
  readonly colour: Colour;
  /** Light on a wall one metre away that faces the lamp, in the unit of the sun. */
  readonly strength: number;
  /** Opening of its cone around straight down, in degrees; left out, it shines everywhere. */
  readonly cone?: number;
}

export interface Lighting {
  /** Direction towards the sun or moon. */
  readonly sun?: { readonly towards: Point; readonly colour: Colour; readonly strength: number };
  readonly sky: {
    readonly zenith: Colour;
    readonly horizon: Colour;
    readonly strength: number;
    readonly clouds: number;
  };
  /** Light that comes back from the ground. */
  readonly bounce: Colour;
  readonly lamps: readonly Lamp[];
  readonly haze: { readonly colour: Colour; readonly reach: number };
  /** Metres within which surfaces darken each other. */
  readonly closeness?: number;
}

/** Light of the sky in a direction, clouds included, into `light` (three numbers). */
export function skyLight(lighting: Lighting, direction: ArrayLike<number>, light: Float64Array): void {
  const { sky, sun } = lighting;
  const up = Math.max(0, direction[2]!);
  const part = up ** 0.5;
  let brightness = sky.strength;
  let cloud = 0;
  if (sky.clouds > 0 && up > 0.02) {
    const reach = 1 / (up + 0.12);
    cloud =
      Math.max(0, cloudNoise(direction[0]! * reach * 1.6, direction[1]! * reach * 1.6, 5) - 0.62 + sky.clouds * 0.3) *
      3;
    cloud = Math.min(1, cloud) * Math.min(1, up * 6);
  }
  for (let channel = 0; channel < 3; channel += 1) {
    const clear = sky.horizon[channel]! + (sky.zenith[channel]! - sky.horizon[channel]!) * part;
    const white = (sky.horizon[0] + sky.horizon[1] + sky.horizon[2]) / 3;
    light[channel] = (clear + (white * 1.15 - clear) * cloud) * brightness;
  }
  if (sun === undefined) return;
  const facing = direction[0]! * sun.towards[0] + direction[1]! * sun.towards[1] + direction[2]! * sun.towards[2];
  if (facing <= 0) return;
  brightness = sky.strength * (0.5 * facing ** 8 + 3 * facing ** 400);
  for (let channel = 0; channel < 3; channel += 1) light[channel]! += sun.colour[channel]! * brightness * (1 - cloud);
}

/** Light that falls from all sides on a surface with this normal, before neighbours darken it. */
export function ambientLight(lighting: Lighting, normalZ: number, light: Float64Array): void {
  const up = 0.5 + 0.5 * normalZ;
  const { sky, bounce } = lighting;
  for (let channel = 0; channel < 3; channel += 1) {
    const above = (sky.zenith[channel]! * 0.65 + sky.horizon[channel]! * 0.35) * sky.strength;
    light[channel] = above * up + bounce[channel]! * (1 - up);
  }
}

/**
 * Light of one lamp at a point, before anything stands in its way: 0 outside its cone. `towards` becomes the direction
 * to the lamp, with the distance in its fourth number.
 */
export function lampLight(lamp: Lamp, x: number, y: number, z: number, towards: Float64Array): number {
  const dx = lamp.at[0] - x;
  const dy = lamp.at[1] - y;
  const dz = lamp.at[2] - z;
  const square = dx * dx + dy * dy + dz * dz;
  const distance = Math.sqrt(square);
  towards[0] = dx / distance;
  towards[1] = dy / distance;
  towards[2] = dz / distance;
  towards[3] = distance;
  let strength = lamp.strength / (square + 0.3);
  if (lamp.cone !== undefined) {
    const edge = Math.cos((lamp.cone * Math.PI) / 180);
    const inside = Math.min(1, Math.max(0, (towards[2] - edge) / (1 - edge + 1e-6)));
    strength *= inside * inside * (3 - 2 * inside);
  }
  return strength;
}

/** Part of the light that haze leaves over this distance. */
export function hazeLeaves(lighting: Lighting, distance: number): number {
  return Math.exp(-distance / lighting.haze.reach);
}
