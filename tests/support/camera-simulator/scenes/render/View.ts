import type { Point } from './Mesh.ts';

export interface ViewSettings {
  readonly position: Point;
  readonly target: Point;
  /** Horizontal opening angle in degrees. */
  readonly opening: number;
  /** Barrel distortion of the lens: 0 for none, 0.1 for a cheap wide-angle one. */
  readonly barrel?: number;
  /** How far the camera hangs askew, in degrees. */
  readonly tilt?: number;
}

/** Where a point in space is seen. */
export interface Seen {
  x: number;
  y: number;
  /** Metres in front of the camera; not positive behind it. */
  depth: number;
}

/** A lens and its place: from pixels to directions and back. */
export class View {
  readonly width: number;
  readonly height: number;
  readonly position: Point;
  /** Pixels per unit of direction in the middle of the picture. */
  readonly focal: number;
  readonly #right: Point;
  readonly #down: Point;
  readonly #ahead: Point;
  readonly #barrel: number;

  constructor(settings: ViewSettings, width: number, height: number) {
    const { position, target, opening, barrel = 0.06, tilt = 0 } = settings;
    this.width = width;
    this.height = height;
    this.position = position;
    const ahead = normalize([target[0] - position[0], target[1] - position[1], target[2] - position[2]]);
    const level = normalize([ahead[1], -ahead[0], 0]);
    const plumb = cross(ahead, level);
    const [cos, sin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
    this.#ahead = ahead;
    this.#right = normalize(combine(level, cos, plumb, sin));
    this.#down = cross(ahead, this.#right);
    this.#barrel = barrel;
    const edge = Math.tan((opening * Math.PI) / 360);
    this.focal = width / 2 / (edge * (1 - barrel * edge * edge));
  }

  /** The direction of length 1 that a place in the picture looks into. */
  direction(x: number, y: number, into: Float64Array): void {
    const seenX = (x - this.width / 2) / this.focal;
    const seenY = (y - this.height / 2) / this.focal;
    let factor = 1;
    const seenSquare = seenX * seenX + seenY * seenY;
    for (let round = 0; round < 4; round += 1) factor = 1 / (1 - this.#barrel * seenSquare * factor * factor);
    const [a, b] = [seenX * factor, seenY * factor];
    const length = Math.sqrt(1 + a * a + b * b);
    for (let axis = 0; axis < 3; axis += 1) {
      into[axis] = (this.#ahead[axis]! + this.#right[axis]! * a + this.#down[axis]! * b) / length;
    }
  }

  see(x: number, y: number, z: number, into: Seen): void {
    const [dx, dy, dz] = [x - this.position[0], y - this.position[1], z - this.position[2]];
    const depth = dx * this.#ahead[0] + dy * this.#ahead[1] + dz * this.#ahead[2];
    into.depth = depth;
    if (depth <= 0) return;
    const a = (dx * this.#right[0] + dy * this.#right[1] + dz * this.#right[2]) / depth;
    const b = (dx * this.#down[0] + dy * this.#down[1] + dz * this.#down[2]) / depth;
    // Far outside the picture the lens formula would fold back into it.
    const factor = 1 - this.#barrel * Math.min(a * a + b * b, 2.5);
    into.x = this.width / 2 + this.focal * a * factor;
    into.y = this.height / 2 + this.focal * b * factor;
  }

  /** Metres in front of the camera of a point on a ray of this length and direction. */
  depthAlong(direction: Float64Array, length: number): number {
    return length * (direction[0]! * this.#ahead[0] + direction[1]! * this.#ahead[1] + direction[2]! * this.#ahead[2]);
  }
}

function normalize([x, y, z]: Point): Point {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function combine(a: Point, partA: number, b: Point, partB: number): Point {
  return [a[0] * partA + b[0] * partB, a[1] * partA + b[1] * partB, a[2] * partA + b[2] * partB];
}
