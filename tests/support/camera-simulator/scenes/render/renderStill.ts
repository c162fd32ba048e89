import type { Lighting } from './Lighting.ts';
import { hash2 } from './noise.ts';
import { newSample } from './SceneGeometry.ts';
import type { Sample, SceneGeometry } from './SceneGeometry.ts';
import { smoothVisibility } from './smoothVisibility.ts';
import type { Still } from './Still.ts';
import type { Tone } from './Tone.ts';
import type { View } from './View.ts';

const LIFT = 4e-3;
const SUN_SIZE = 0.012;
const EXTRA_SAMPLES = [
  [0.125, 0.375],
  [0.375, -0.125],
  [-0.125, -0.375],
  [-0.375, 0.125],
] as const;

/** Light of all pixels in parts. `sun` and `open` are how much sun and sky each one gets, from 0 to 1. */
class LightBuffers {
  readonly direct: Float32Array;
  readonly sunPart: Float32Array;
  readonly ambient: Float32Array;
  readonly sun: Float32Array;
  readonly open: Float32Array;
  readonly depth: Float32Array;
  readonly normals: Float32Array;
  readonly triangle: Int32Array;
  readonly height: Float32Array;

  constructor(pixels: number) {
    this.direct = new Float32Array(pixels * 3);
    this.sunPart = new Float32Array(pixels * 3);
    this.ambient = new Float32Array(pixels * 3);
    this.sun = new Float32Array(pixels);
    this.open = new Float32Array(pixels).fill(1);
    this.depth = new Float32Array(pixels);
    this.normals = new Float32Array(pixels * 3);
    this.triangle = new Int32Array(pixels);
    this.height = new Float32Array(pixels);
  }

  add(at: number, { direct, sun, ambient }: Sample, weight: number): void {
    for (let channel = 0; channel < 3; channel += 1) {
      this.direct[at * 3 + channel]! += direct[channel]! * weight;
      this.sunPart[at * 3 + channel]! += sun[channel]! * weight;
      this.ambient[at * 3 + channel]! += ambient[channel]! * weight;
    }
  }

  scale(at: number, factor: number): void {
    for (let channel = at * 3; channel < at * 3 + 3; channel += 1) {
      this.direct[channel]! *= factor;
      this.sunPart[channel]! *= factor;
      this.ambient[channel]! *= factor;
    }
  }
}

export interface StillScene {
  readonly geometry: SceneGeometry;
  readonly lighting: Lighting;
  readonly view: View;
  readonly tone: Tone;
  /** Height of the water's surface; left out, there is none. */
  readonly waterLevel?: number;
}

/** Two numbers from 0 to 1 that cover the square evenly over each 4x4 pixels, so that a small blur makes them smooth. */
function spread(x: number, y: number, pair: Float64Array): void {
  const cell = (x & 3) * 4 + (y & 3);
  const order = (cell * 7 + ((x >> 2) * 5 + (y >> 2) * 3)) & 15;
  pair[0] = ((order & 3) + hash2(x, y)) / 4;
  pair[1] = ((order >> 2) + hash2(y + 7919, x)) / 4;
}

/** Looks through every pixel once, and again through those where something ends. */
export function renderStill(scene: StillScene): Still {
  const { view, geometry } = scene;
  const { width, height } = view;
  const buffers = new LightBuffers(width * height);
  const origin = Float64Array.from(view.position);
  const direction = new Float64Array(3);
  const sample = newSample();
  const pixelAngle = 1 / view.focal;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      view.direction(x + 0.5, y + 0.5, direction);
      geometry.look(origin, direction, pixelAngle, sample);
      buffers.add(at, sample, 1);
      buffers.triangle[at] = sample.triangle;
      buffers.depth[at] = view.depthAlong(direction, sample.distance);
      buffers.normals[at * 3] = sample.normalX;
      buffers.normals[at * 3 + 1] = sample.normalY;
      buffers.normals[at * 3 + 2] = sample.normalZ;
      buffers.height[at] = sample.triangle === -1 ? Infinity : sample.hitZ;
      if (sample.triangle !== -1) measureVisibility(scene, buffers, sample, x, y, at);
    }
  }
  refineEdges(scene, buffers, origin);
  smoothVisibility(buffers.sun, buffers, width, height, 4);
  smoothVisibility(buffers.open, buffers, width, height, 8);
  return compose(scene, buffers);
}

const START = new Float64Array(3);
const TOWARDS = new Float64Array(3);
const PAIR = new Float64Array(2);

/** Asks with one ray each whether the sun and whether a random part of the sky reaches the point. */
function measureVisibility(
  { geometry, lighting }: StillScene,
  buffers: LightBuffers,
  sample: Sample,
  x: number,
  y: number,
  at: number,
): void {
  const { normalX: nx, normalY: ny, normalZ: nz } = sample;
  START[0] = sample.hitX + nx * LIFT;
  START[1] = sample.hitY + ny * LIFT;
  START[2] = sample.hitZ + nz * LIFT;
  spread(x, y, PAIR);
  const { sun } = lighting;
  if (sun !== undefined && sample.sun[1]! > 0) {
    // The sun is a disc, so shadows have soft edges.
    TOWARDS[0] = sun.towards[0] + (PAIR[0]! - 0.5) * SUN_SIZE;
    TOWARDS[1] = sun.towards[1] + (PAIR[1]! - 0.5) * SUN_SIZE;
    TOWARDS[2] = sun.towards[2];
    buffers.sun[at] = geometry.isBlocked(START, TOWARDS, 1000) ? 0 : 1;
  }
  const angle = 2 * Math.PI * PAIR[0]!;
  const radius = Math.sqrt(PAIR[1]!);
  const [a, b, c] = [radius * Math.cos(angle), radius * Math.sin(angle), Math.sqrt(1 - PAIR[1]!)];
  // Any two directions at right angles to the normal (Duff and others, 2017).
  const sign = nz >= 0 ? 1 : -1;
  const p = -1 / (sign + nz);
  const q = nx * ny * p;
  TOWARDS[0] = a * (1 + sign * nx * nx * p) + b * q + c * nx;
  TOWARDS[1] = a * sign * q + b * (sign + ny * ny * p) + c * ny;
  TOWARDS[2] = -a * sign * nx - b * ny + c * nz;
  buffers.open[at] = geometry.isBlocked(START, TOWARDS, lighting.closeness ?? 7) ? 0 : 1;
}

/** Whether what is seen ends between two pixels: then one look at its middle is not enough. */
function isEdge({ depth, normals, triangle }: LightBuffers, one: number, other: number): boolean {
  if (triangle[one] === triangle[other]) return false;
  const near = Math.min(depth[one]!, depth[other]!);
  if (Math.abs(depth[one]! - depth[other]!) > near * 0.02) return true;
  let alike = 0;
  for (let axis = 0; axis < 3; axis += 1) alike += normals[one * 3 + axis]! * normals[other * 3 + axis]!;
  return alike < 0.9;
}

function refineEdges({ view, geometry }: StillScene, buffers: LightBuffers, origin: Float64Array): void {
  const { width, height } = view;
  const direction = new Float64Array(3);
  const sample = newSample();
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0; x < width - 1; x += 1) {
      const at = y * width + x;
      if (!isEdge(buffers, at, at + 1) && !isEdge(buffers, at, at + width)) continue;
      for (const [dx, dy] of EXTRA_SAMPLES) {
        view.direction(x + 0.5 + dx, y + 0.5 + dy, direction);
        geometry.look(origin, direction, 1 / view.focal, sample);
        buffers.add(at, sample, 1);
      }
      buffers.scale(at, 1 / (EXTRA_SAMPLES.length + 1));
    }
  }
}

function compose({ view, tone, waterLevel }: StillScene, buffers: LightBuffers): Still {
  const { width, height } = view;
  const pixels = width * height;
  const lit = new Planes(pixels);
  const shade = new Planes(pixels);
  const ground = new Uint8Array(pixels);
  const water = new Uint8Array(pixels);
  for (let at = 0; at < pixels; at += 1) {
    const open = 0.25 + 0.75 * buffers.open[at]!;
    const colours = [0, 1, 2].map((channel) => {
      const from = at * 3 + channel;
      const inShade = buffers.direct[from]! + buffers.ambient[from]! * open;
      return [inShade, inShade + buffers.sunPart[from]! * buffers.sun[at]!] as const;
    });
    const [red, green, blue] = colours;
    shade.set(at, tone.packed(red![0], green![0], blue![0]));
    lit.set(at, tone.packed(red![1], green![1], blue![1]));
    const isLevel = buffers.normals[at * 3 + 2]! > 0.95 && buffers.triangle[at] !== -1;
    const isWater = waterLevel !== undefined && isLevel && Math.abs(buffers.height[at]! - waterLevel) < 0.02;
    water[at] = isWater ? 1 : 0;
    ground[at] = isLevel && !isWater && buffers.height[at]! < 0.3 ? 1 : 0;
  }
  return {
    width,
    height,
    luma: lit.luma,
    cb: lit.half(lit.cb, width, height),
    cr: lit.half(lit.cr, width, height),
    shadeLuma: shade.luma,
    shadeCb: shade.half(shade.cb, width, height),
    shadeCr: shade.half(shade.cr, width, height),
    depth: buffers.depth,
    ground,
    water,
  };
}

class Planes {
  readonly luma: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;

  constructor(pixels: number) {
    this.luma = new Uint8Array(pixels);
    this.cb = new Uint8Array(pixels);
    this.cr = new Uint8Array(pixels);
  }

  set(at: number, packed: number): void {
    this.luma[at] = packed >> 16;
    this.cb[at] = (packed >> 8) & 0xff;
    this.cr[at] = packed & 0xff;
  }

  /** A colour plane at half the size each way. */
  half(plane: Uint8Array, width: number, height: number): Uint8Array {
    const small = new Uint8Array((width / 2) * (height / 2));
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        const at = y * width + x;
        const sum = plane[at]! + plane[at + 1]! + plane[at + width]! + plane[at + width + 1]!;
        small[(y / 2) * (width / 2) + x / 2] = (sum + 2) >> 2;
      }
    }
    return small;
  }
}
