import type { Material } from './Material.ts';

export type Point = readonly [x: number, y: number, z: number];

/** Triangles with a material each. Metres; x to the right, y ahead, z up. */
export interface Mesh {
  readonly count: number;
  /** Nine numbers a triangle. */
  readonly positions: Float32Array;
  /** Six numbers a triangle: where on its surface each corner lies, in metres. */
  readonly surfaces: Float32Array;
  readonly materialOf: Uint16Array;
  readonly materials: readonly Material[];
}

/** Collects triangles in a frame of reference that `at` moves and turns. */
export class MeshBuilder {
  readonly #positions: number[] = [];
  readonly #surfaces: number[] = [];
  readonly #materialOf: number[] = [];
  readonly #materials: Material[] = [];
  #originX = 0;
  #originY = 0;
  #originZ = 0;
  #yaw = 0;

  /** Runs `build` with the origin moved to a place and turned to the left by `yaw` (radians). */
  at(x: number, y: number, z: number, yaw: number, build: () => void): void {
    const before = [this.#originX, this.#originY, this.#originZ, this.#yaw] as const;
    const [worldX, worldY, worldZ] = this.#toWorld([x, y, z]);
    [this.#originX, this.#originY, this.#originZ, this.#yaw] = [worldX, worldY, worldZ, this.#yaw + yaw];
    build();
    [this.#originX, this.#originY, this.#originZ, this.#yaw] = before;
  }

  triangle(material: Material, corners: readonly [Point, Point, Point], surface: readonly number[] = ZEROS): void {
    let index = this.#materials.lastIndexOf(material);
    if (index === -1) index = this.#materials.push(material) - 1;
    for (const corner of corners) this.#positions.push(...this.#toWorld(corner));
    this.#surfaces.push(...surface);
    this.#materialOf.push(index);
  }

  /** Four corners counter-clockwise as seen from outside; the surface runs from the first corner, in metres. */
  quad(material: Material, a: Point, b: Point, c: Point, d: Point): void {
    const width = distance(a, b);
    const height = distance(a, d);
    this.triangle(material, [a, b, c], [0, 0, width, 0, width, height]);
    this.triangle(material, [a, c, d], [0, 0, width, height, 0, height]);
  }

  /** A flat rectangle at a height, its surface in the coordinates of the ground. */
  floor(material: Material, x0: number, y0: number, x1: number, y1: number, z: number): void {
    const [a, b, c, d]: Point[] = [
      [x0, y0, z],
      [x1, y0, z],
      [x1, y1, z],
      [x0, y1, z],
    ];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return;
    this.triangle(material, [a, b, c], [x0, y0, x1, y0, x1, y1]);
    this.triangle(material, [a, c, d], [x0, y0, x1, y1, x0, y1]);
  }

  /** A box from one corner to the other; sides may have another material than the top. */
  box(material: Material, from: Point, to: Point, top: Material = material): void {
    const [x0, y0, z0] = from;
    const [x1, y1, z1] = to;
    this.quad(material, [x0, y0, z0], [x1, y0, z0], [x1, y0, z1], [x0, y0, z1]);
    this.quad(material, [x1, y0, z0], [x1, y1, z0], [x1, y1, z1], [x1, y0, z1]);
    this.quad(material, [x1, y1, z0], [x0, y1, z0], [x0, y1, z1], [x1, y1, z1]);
    this.quad(material, [x0, y1, z0], [x0, y0, z0], [x0, y0, z1], [x0, y1, z1]);
    this.quad(top, [x0, y0, z1], [x1, y0, z1], [x1, y1, z1], [x0, y1, z1]);
    if (z0 > 0.3) this.quad(material, [x0, y1, z0], [x1, y1, z0], [x1, y0, z0], [x0, y0, z0]);
  }

  /** An upright round pole, or a cone when the radii differ. */
  pole(material: Material, x: number, y: number, z0: number, z1: number, radius: number, topRadius = radius): void {
    const sides = radius > 0.3 ? 20 : 10;
    const at = (side: number, r: number, z: number): Point => {
      const angle = (side / sides) * 2 * Math.PI;
      return [x + r * Math.cos(angle), y + r * Math.sin(angle), z];
    };
    for (let side = 0; side < sides; side += 1) {
      this.quad(
        material,
        at(side, radius, z0),
        at(side + 1, radius, z0),
        at(side + 1, topRadius, z1),
        at(side, topRadius, z1),
      );
      if (topRadius > 0.02) this.triangle(material, [[x, y, z1], at(side, topRadius, z1), at(side + 1, topRadius, z1)]);
    }
  }

  /** A square beam between two points. */
  beam(material: Material, from: Point, to: Point, thickness: number): void {
    const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const flat = Math.hypot(dx, dy);
    const length = Math.hypot(flat, dz);
    if (length === 0) return;
    // One axis level across the beam, the other at right angles to both.
    const across: Point = flat < 1e-6 ? [1, 0, 0] : [-dy / flat, dx / flat, 0];
    const up: Point = [
      (dy * across[2] - dz * across[1]) / length,
      (dz * across[0] - dx * across[2]) / length,
      (dx * across[1] - dy * across[0]) / length,
    ];
    const corner = (end: Point, i: number, j: number): Point => [
      end[0] + ((across[0] * i + up[0] * j) * thickness) / 2,
      end[1] + ((across[1] * i + up[1] * j) * thickness) / 2,
      end[2] + ((across[2] * i + up[2] * j) * thickness) / 2,
    ];
    const ring = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ] as const;
    for (let side = 0; side < 4; side += 1) {
      const [i, j] = ring[side] ?? [0, 0];
      const [k, l] = ring[side + 1] ?? [0, 0];
      this.quad(material, corner(from, i, j), corner(from, k, l), corner(to, k, l), corner(to, i, j));
    }
  }

  build(): Mesh {
    return {
      count: this.#materialOf.length,
      positions: Float32Array.from(this.#positions),
      surfaces: Float32Array.from(this.#surfaces),
      materialOf: Uint16Array.from(this.#materialOf),
      materials: this.#materials,
    };
  }

  #toWorld([x, y, z]: Point): [number, number, number] {
    const cos = Math.cos(this.#yaw);
    const sin = Math.sin(this.#yaw);
    return [this.#originX + x * cos - y * sin, this.#originY + x * sin + y * cos, this.#originZ + z];
  }
}

const ZEROS = [0, 0, 0, 0, 0, 0];

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}
