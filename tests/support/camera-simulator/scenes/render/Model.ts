import type { Colour, Material } from './Material.ts';
import { setColour, setGlow } from './Material.ts';
import type { MeshBuilder, Point } from './Mesh.ts';

/** A thing that can move: triangles whose colours are chosen later, one for each of its parts. */
export interface Model<Part extends string> {
  readonly count: number;
  /** Three numbers a point, around the place where it stands; its front looks along y. */
  readonly points: Float32Array;
  /** Three points a triangle. */
  readonly corners: Uint16Array;
  /** Three numbers a triangle. */
  readonly normals: Float32Array;
  readonly partOf: Uint8Array;
  readonly parts: readonly Part[];
  /** Metres from its origin to its farthest point, and to its highest. */
  readonly radius: number;
  readonly height: number;
}

export interface Paint {
  readonly colour: Colour;
  readonly glow?: number;
  /** As in a material's look. */
  readonly mirror?: number;
}

export type Palette<Part extends string> = Readonly<Record<Part, Paint>>;

export class ModelBuilder<Part extends string> {
  readonly #parts: readonly Part[];
  readonly #points: number[] = [];
  readonly #corners: number[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #partOf: number[] = [];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  triangle(part: Part, a: Point, b: Point, c: Point): void {
    this.#corners.push(this.#point(a), this.#point(b), this.#point(c));
    this.#partOf.push(this.#parts.indexOf(part));
  }

  quad(part: Part, a: Point, b: Point, c: Point, d: Point): void {
    this.triangle(part, a, b, c);
    this.triangle(part, a, c, d);
  }

  /** Joins two rings of equally many points to a tube. */
  tube(part: Part, from: readonly Point[], to: readonly Point[]): void {
    for (const [index, a] of from.entries()) {
      const next = (index + 1) % from.length;
      const [b, c, d] = [from[next], to[next], to[index]];
      if (b !== undefined && c !== undefined && d !== undefined) this.quad(part, a, b, c, d);
    }
  }

  /** Closes a ring with a fan around its middle; the ring runs counter-clockwise as seen from outside. */
  cap(part: Part, ring: readonly Point[]): void {
    const middle = [0, 1, 2].map((axis) => ring.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / ring.length);
    const centre: Point = [middle[0] ?? 0, middle[1] ?? 0, middle[2] ?? 0];
    for (const [index, a] of ring.entries()) {
      const b = ring[(index + 1) % ring.length];
      if (b !== undefined) this.triangle(part, centre, a, b);
    }
  }

  box(part: Part, from: Point, to: Point): void {
    const [x0, y0, z0] = from;
    const [x1, y1, z1] = to;
    const ring = (z: number): Point[] => [
      [x0, y0, z],
      [x1, y0, z],
      [x1, y1, z],
      [x0, y1, z],
    ];
    this.tube(part, ring(z0), ring(z1));
    this.cap(part, ring(z1));
    this.cap(part, ring(z0).toReversed());
  }

  build(): Model<Part> {
    const points = Float32Array.from(this.#points);
    const corners = Uint16Array.from(this.#corners);
    const count = this.#partOf.length;
    const normals = new Float32Array(count * 3);
    let radius = 0;
    let height = 0;
    for (let at = 0; at < points.length; at += 3) {
      radius = Math.max(radius, Math.hypot(points[at]!, points[at + 1]!));
      height = Math.max(height, points[at + 2]!);
    }
    for (let triangle = 0; triangle < count; triangle += 1) setNormal(points, corners, triangle, normals);
    return {
      count,
      points,
      corners,
      normals,
      partOf: Uint8Array.from(this.#partOf),
      parts: this.#parts,
      radius,
      height,
    };
  }

  /** Triangles that meet share their points, which then are seen only once a frame. */
  #point(point: Point): number {
    const key = point.map((value) => value.toFixed(4)).join(' ');
    const known = this.#indexOf.get(key);
    if (known !== undefined) return known;
    const index = this.#points.length / 3;
    this.#points.push(...point);
    this.#indexOf.set(key, index);
    return index;
  }
}

function setNormal(points: Float32Array, corners: Uint16Array, triangle: number, normals: Float32Array): void {
  const [p, q, r] = [0, 1, 2].map((corner) => corners[triangle * 3 + corner]! * 3);
  const a = [0, 1, 2].map((axis) => points[q! + axis]! - points[p! + axis]!);
  const b = [0, 1, 2].map((axis) => points[r! + axis]! - points[p! + axis]!);
  const x = a[1]! * b[2]! - a[2]! * b[1]!;
  const y = a[2]! * b[0]! - a[0]! * b[2]!;
  const z = a[0]! * b[1]! - a[1]! * b[0]!;
  const length = Math.hypot(x, y, z) || 1;
  normals[triangle * 3] = x / length;
  normals[triangle * 3 + 1] = y / length;
  normals[triangle * 3 + 2] = z / length;
}

/** Makes a model part of the standing scene: a parked car, a statue. */
export function placeModel<Part extends string>(
  builder: MeshBuilder,
  model: Model<Part>,
  palette: Palette<Part>,
  place: { readonly x: number; readonly y: number; readonly z?: number; readonly yaw: number },
): void {
  const materials = model.parts.map((part): Material => {
    const { colour, glow = 0, mirror = 0 } = palette[part];
    return (_at, look) => {
      setColour(look, colour);
      setGlow(look, colour, glow);
      look.mirror = mirror;
    };
  });
  const corner = (index: number): Point => {
    const at = model.corners[index]! * 3;
    return [model.points[at]!, model.points[at + 1]!, model.points[at + 2]!];
  };
  builder.at(place.x, place.y, place.z ?? 0, place.yaw, () => {
    for (let triangle = 0; triangle < model.count; triangle += 1) {
      const at = triangle * 3;
      const material = materials[model.partOf[triangle]!];
      if (material !== undefined) builder.triangle(material, [corner(at), corner(at + 1), corner(at + 2)]);
    }
  });
}

/** The same thing, larger or smaller. */
export function scaled<Part extends string>(model: Model<Part>, factor: number): Model<Part> {
  return {
    ...model,
    points: model.points.map((value) => value * factor),
    radius: model.radius * factor,
    height: model.height * factor,
  };
}
