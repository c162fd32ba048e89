import { hazeLeaves, ambientLight, lampLight, skyLight } from './Lighting.ts';
import type { Lighting } from './Lighting.ts';
import type { Look, SurfacePoint } from './Material.ts';
import type { Mesh } from './Mesh.ts';
import { RayTree } from './RayTree.ts';
import type { Hit } from './RayTree.ts';

const FAR = 4000;
const LIFT = 2e-3;
/** Lamps that add less than this are left out without asking whether something stands between. */
const FAINT = 0.004;
const STRAIGHT_DOWN = Float64Array.of(0, 0, -1);
const KNEE = 0.6;
const DEEPEST_STEP = 6;

/** What a ray brings back, in parts, because neighbours and shadows are smoothed before they are put together. */
export interface Sample {
  triangle: number;
  distance: number;
  normalX: number;
  normalY: number;
  normalZ: number;
  hitX: number;
  hitY: number;
  hitZ: number;
  /** Own light, lamps, mirrored things and haze. */
  readonly direct: Float64Array;
  /** The sun's part where nothing shades it. */
  readonly sun: Float64Array;
  /** The part from all sides where nothing is near. */
  readonly ambient: Float64Array;
  /** What the surface keeps of white light. */
  readonly albedo: Float64Array;
}

export function newSample(): Sample {
  return {
    triangle: -1,
    distance: 0,
    normalX: 0,
    normalY: 0,
    normalZ: 1,
    hitX: 0,
    hitY: 0,
    hitZ: 0,
    direct: new Float64Array(3),
    sun: new Float64Array(3),
    ambient: new Float64Array(3),
    albedo: new Float64Array(3),
  };
}

/** The standing things of a scene under its light: answers what a ray sees. */
export class SceneGeometry {
  readonly #mesh: Mesh;
  readonly #lighting: Lighting;
  readonly #tree: RayTree;
  readonly #hit: Hit = { triangle: 0, distance: 0, second: 0, third: 0 };
  readonly #point: SurfacePoint = { x: 0, y: 0, z: 0, u: 0, v: 0, width: 0 };
  readonly #look: Look = { red: 0, green: 0, blue: 0, glowRed: 0, glowGreen: 0, glowBlue: 0, mirror: 0 };
  readonly #start = new Float64Array(3);
  readonly #mirrored = new Float64Array(3);
  readonly #light = new Float64Array(3);
  readonly #towards = new Float64Array(4);
  readonly #normal = new Float64Array(3);

  constructor(mesh: Mesh, lighting: Lighting) {
    this.#mesh = mesh;
    this.#lighting = lighting;
    this.#tree = new RayTree(mesh);
  }

  isBlocked(origin: Float64Array, direction: Float64Array, reach: number): boolean {
    return this.#tree.isBlocked(origin, direction, reach);
  }

  /** Height of what one would stand on at a place, at or below a rough height; that height where there is nothing. */
  groundAt(x: number, y: number, about: number): number {
    const origin = Float64Array.of(x, y, about + KNEE);
    return this.#tree.nearest(origin, STRAIGHT_DOWN, DEEPEST_STEP, this.#hit)
      ? about + KNEE - this.#hit.distance
      : about;
  }

  /**
   * Follows a ray. `widthAngle` is the angle of one pixel in radians, `isMirrored` says that the ray comes from a mirror,
   * where less care is enough.
   */
  look(origin: Float64Array, direction: Float64Array, widthAngle: number, sample: Sample, isMirrored = false): void {
    const { direct, sun, ambient, albedo } = sample;
    sun.fill(0);
    ambient.fill(0);
    albedo.fill(0);
    const hit = this.#hit;
    if (!this.#tree.nearest(origin, direction, FAR, hit)) {
      sample.triangle = -1;
      sample.distance = FAR;
      skyLight(this.#lighting, direction, direct);
      return;
    }
    sample.triangle = hit.triangle;
    sample.distance = hit.distance;
    const facing = this.#place(origin, direction, widthAngle, sample);
    const look = this.#look;
    look.glowRed = 0;
    look.glowGreen = 0;
    look.glowBlue = 0;
    look.mirror = 0;
    this.#mesh.materials[this.#mesh.materialOf[hit.triangle]!]!(this.#point, look);
    const leaves = hazeLeaves(this.#lighting, hit.distance);
    const { haze, sun: sunlight } = this.#lighting;
    albedo[0] = look.red;
    albedo[1] = look.green;
    albedo[2] = look.blue;
    ambientLight(this.#lighting, sample.normalZ, this.#light);
    const glow = [look.glowRed, look.glowGreen, look.glowBlue];
    const mirror = look.mirror;
    const sunFacing =
      sunlight === undefined
        ? 0
        : sunlight.strength *
          Math.max(
            0,
            sample.normalX * sunlight.towards[0] +
              sample.normalY * sunlight.towards[1] +
              sample.normalZ * sunlight.towards[2],
          );
    for (let channel = 0; channel < 3; channel += 1) {
      ambient[channel] = albedo[channel]! * this.#light[channel]! * leaves;
      sun[channel] = sunFacing === 0 ? 0 : albedo[channel]! * sunlight!.colour[channel]! * sunFacing * leaves;
      direct[channel] = glow[channel]! * leaves + haze.colour[channel]! * (1 - leaves);
    }
    this.#addLamps(sample, leaves);
    if (mirror > 0 && !isMirrored) this.#addMirrored(direction, facing, mirror, widthAngle, sample, leaves);
  }

  /** Fills the surface point and the sample's place and normal; returns the cosine between ray and normal. */
  #place(origin: Float64Array, direction: Float64Array, widthAngle: number, sample: Sample): number {
    const { positions, surfaces } = this.#mesh;
    const { triangle, distance, second, third } = this.#hit;
    const p = triangle * 9;
    const ax = positions[p + 3]! - positions[p]!;
    const ay = positions[p + 4]! - positions[p + 1]!;
    const az = positions[p + 5]! - positions[p + 2]!;
    const bx = positions[p + 6]! - positions[p]!;
    const by = positions[p + 7]! - positions[p + 1]!;
    const bz = positions[p + 8]! - positions[p + 2]!;
    let nx = ay * bz - az * by;
    let ny = az * bx - ax * bz;
    let nz = ax * by - ay * bx;
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
    let facing = -(nx * direction[0]! + ny * direction[1]! + nz * direction[2]!) / length;
    // Surfaces have two sides; the one that is looked at counts.
    const sign = facing < 0 ? -1 / length : 1 / length;
    facing = Math.abs(facing);
    nx *= sign;
    ny *= sign;
    nz *= sign;
    sample.normalX = nx;
    sample.normalY = ny;
    sample.normalZ = nz;
    sample.hitX = origin[0]! + direction[0]! * distance;
    sample.hitY = origin[1]! + direction[1]! * distance;
    sample.hitZ = origin[2]! + direction[2]! * distance;
    const first = 1 - second - third;
    const s = triangle * 6;
    const point = this.#point;
    point.x = sample.hitX;
    point.y = sample.hitY;
    point.z = sample.hitZ;
    point.u = surfaces[s]! * first + surfaces[s + 2]! * second + surfaces[s + 4]! * third;
    point.v = surfaces[s + 1]! * first + surfaces[s + 3]! * second + surfaces[s + 5]! * third;
    point.width = (distance * widthAngle) / Math.sqrt(Math.max(0.02, facing));
    this.#start[0] = sample.hitX + nx * LIFT;
    this.#start[1] = sample.hitY + ny * LIFT;
    this.#start[2] = sample.hitZ + nz * LIFT;
    return facing;
  }

  #addLamps(sample: Sample, leaves: number): void {
    const towards = this.#towards;
    for (const lamp of this.#lighting.lamps) {
      const strength = lampLight(lamp, sample.hitX, sample.hitY, sample.hitZ, towards);
      if (strength < FAINT) continue;
      const facing = sample.normalX * towards[0]! + sample.normalY * towards[1]! + sample.normalZ * towards[2]!;
      if (facing * strength < FAINT) continue;
      // The lamp's own housing must not stand in its light.
      if (this.#tree.isBlocked(this.#start, towards, towards[3]! - 0.6)) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        sample.direct[channel]! += sample.albedo[channel]! * lamp.colour[channel]! * strength * facing * leaves;
      }
    }
  }

  #addMirrored(
    direction: Float64Array,
    facing: number,
    mirror: number,
    widthAngle: number,
    sample: Sample,
    leaves: number,
  ): void {
    const part = mirror + (1 - mirror) * (1 - facing) ** 5 * Math.min(1, mirror * 12);
    const along = 2 * facing;
    this.#normal[0] = sample.normalX;
    this.#normal[1] = sample.normalY;
    this.#normal[2] = sample.normalZ;
    for (let axis = 0; axis < 3; axis += 1) this.#mirrored[axis] = direction[axis]! + this.#normal[axis]! * along;
    const start = Float64Array.from(this.#start);
    const seen = MIRROR_SAMPLE;
    this.look(start, this.#mirrored, widthAngle, seen, true);
    for (let channel = 0; channel < 3; channel += 1) {
      const light = seen.direct[channel]! + seen.ambient[channel]! * 0.8 + seen.sun[channel]! * 0.7;
      sample.direct[channel]! += light * part * leaves;
      sample.ambient[channel]! *= 1 - part;
      sample.sun[channel]! *= 1 - part;
    }
  }
}

const MIRROR_SAMPLE = newSample();
