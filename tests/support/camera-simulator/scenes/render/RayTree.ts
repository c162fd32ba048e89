import type { Mesh } from './Mesh.ts';

const LEAF_TRIANGLES = 4;
const BINS = 12;
const TOO_NEAR = 1e-4;

/** What a ray has met. One object is used over and over. */
export interface Hit {
  triangle: number;
  distance: number;
  /** Weights of the triangle's second and third corner. */
  second: number;
  third: number;
}

/** Triangles in a tree of boxes (BVH), to find quickly what a ray meets. */
export class RayTree {
  /** First corner, and from there the edges to the other two: nine numbers a triangle, in the order of the leaves. */
  readonly #edges: Float32Array;
  readonly #order: Int32Array;
  /** Six numbers a node: lower and upper corner of its box. */
  readonly #boxes: Float32Array;
  /** Leaf: first triangle. Else: the second child; the first is the next node. */
  readonly #links: Int32Array;
  /** Leaf: its triangles. Else minus one, two or three: the axis along which its children lie. */
  readonly #counts: Int32Array;
  readonly #stack = new Int32Array(64);
  #nodes = 0;

  constructor({ positions, count }: Mesh) {
    this.#order = Int32Array.from({ length: count }, (_, index) => index);
    this.#boxes = new Float32Array(count * 12 + 12);
    this.#links = new Int32Array(count * 2 + 2);
    this.#counts = new Int32Array(count * 2 + 2);
    const centres = new Float32Array(count * 3);
    for (let at = 0; at < count * 3; at += 1) {
      const corner = Math.floor(at / 3) * 9 + (at % 3);
      centres[at] = (positions[corner]! + positions[corner + 3]! + positions[corner + 6]!) / 3;
    }
    this.#split(positions, centres, 0, count);
    this.#edges = new Float32Array(count * 9);
    for (let at = 0; at < count; at += 1) {
      const from = this.#order[at]! * 9;
      for (let axis = 0; axis < 3; axis += 1) {
        const first = positions[from + axis]!;
        this.#edges[at * 9 + axis] = first;
        this.#edges[at * 9 + 3 + axis] = positions[from + 3 + axis]! - first;
        this.#edges[at * 9 + 6 + axis] = positions[from + 6 + axis]! - first;
      }
    }
  }

  #split(positions: Float32Array, centres: Float32Array, from: number, to: number): void {
    const node = this.#nodes;
    this.#nodes += 1;
    const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    const middle = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    for (let at = from; at < to; at += 1) {
      const triangle = this.#order[at]!;
      for (let axis = 0; axis < 3; axis += 1) {
        for (let corner = 0; corner < 9; corner += 3) {
          const value = positions[triangle * 9 + corner + axis]!;
          if (value < box[axis]!) box[axis] = value;
          if (value > box[axis + 3]!) box[axis + 3] = value;
        }
        const centre = centres[triangle * 3 + axis]!;
        if (centre < middle[axis]!) middle[axis] = centre;
        if (centre > middle[axis + 3]!) middle[axis + 3] = centre;
      }
    }
    this.#boxes.set(box, node * 6);
    const axis = longestAxis(middle);
    const cut = to - from > LEAF_TRIANGLES ? this.#cheapestCut(positions, centres, middle, from, to) : undefined;
    if (cut === undefined) {
      this.#links[node] = from;
      this.#counts[node] = to - from;
      return;
    }
    this.#counts[node] = -1 - axis;
    this.#split(positions, centres, from, cut);
    this.#links[node] = this.#nodes;
    this.#split(positions, centres, cut, to);
  }

  /** Sorts the triangles of a node around the cut that makes rays cheapest (surface area heuristic in bins). */
  #cheapestCut(
    positions: Float32Array,
    centres: Float32Array,
    middle: readonly number[],
    from: number,
    to: number,
  ): number | undefined {
    const axis = longestAxis(middle);
    const low = middle[axis]!;
    const extent = middle[axis + 3]! - low;
    if (extent <= 0) return undefined;
    const binOf = (triangle: number): number =>
      Math.min(BINS - 1, Math.floor(((centres[triangle * 3 + axis]! - low) / extent) * BINS));
    const counts = new Int32Array(BINS);
    const boxes = Array.from({ length: BINS }, () => new BoundingBox());
    for (let at = from; at < to; at += 1) {
      const triangle = this.#order[at]!;
      const bin = binOf(triangle);
      counts[bin]! += 1;
      boxes[bin]?.addTriangle(positions, triangle);
    }
    let bestCost = Infinity;
    let bestBin = -1;
    for (let bin = 1; bin < BINS; bin += 1) {
      const cost = sideCost(boxes, counts, 0, bin) + sideCost(boxes, counts, bin, BINS);
      if (cost < bestCost) [bestCost, bestBin] = [cost, bin];
    }
    let cut = from;
    for (let at = from; at < to; at += 1) {
      const triangle = this.#order[at]!;
      if (binOf(triangle) >= bestBin) continue;
      this.#order[at] = this.#order[cut]!;
      this.#order[cut] = triangle;
      cut += 1;
    }
    return cut === from || cut === to ? undefined : cut;
  }

  /** The nearest triangle on a ray; false when there is none before `reach`. */
  nearest(origin: Float64Array, direction: Float64Array, reach: number, hit: Hit): boolean {
    return this.#walk(origin, direction, reach, hit, false);
  }

  /** Whether anything lies on a ray before `reach`. */
  isBlocked(origin: Float64Array, direction: Float64Array, reach: number): boolean {
    return this.#walk(origin, direction, reach, SCRATCH, true);
  }

  #walk(origin: Float64Array, direction: Float64Array, reach: number, hit: Hit, isAnyEnough: boolean): boolean {
    const ox = origin[0]!;
    const oy = origin[1]!;
    const oz = origin[2]!;
    const dx = direction[0]!;
    const dy = direction[1]!;
    const dz = direction[2]!;
    const ix = 1 / (dx === 0 ? 1e-12 : dx);
    const iy = 1 / (dy === 0 ? 1e-12 : dy);
    const iz = 1 / (dz === 0 ? 1e-12 : dz);
    const boxes = this.#boxes;
    const edges = this.#edges;
    const stack = this.#stack;
    let nearest = reach;
    let isFound = false;
    let top = 0;
    let node = 0;
    for (;;) {
      const at = node * 6;
      let near = (boxes[at]! - ox) * ix;
      let far = (boxes[at + 3]! - ox) * ix;
      if (near > far) [near, far] = [far, near];
      const nearY = (boxes[at + (iy < 0 ? 4 : 1)]! - oy) * iy;
      const farY = (boxes[at + (iy < 0 ? 1 : 4)]! - oy) * iy;
      const nearZ = (boxes[at + (iz < 0 ? 5 : 2)]! - oz) * iz;
      const farZ = (boxes[at + (iz < 0 ? 2 : 5)]! - oz) * iz;
      if (nearY > near) near = nearY;
      if (nearZ > near) near = nearZ;
      if (farY < far) far = farY;
      if (farZ < far) far = farZ;
      if (far >= near && far > 0 && near < nearest) {
        const count = this.#counts[node]!;
        if (count < 0) {
          // The nearer child first: what it holds often hides the other.
          const isBackwards = direction[-1 - count]! < 0;
          stack[top] = isBackwards ? node + 1 : this.#links[node]!;
          top += 1;
          node = isBackwards ? this.#links[node]! : node + 1;
          continue;
        }
        const first = this.#links[node]!;
        for (let index = first; index < first + count; index += 1) {
          const e = index * 9;
          const ax = edges[e + 3]!;
          const ay = edges[e + 4]!;
          const az = edges[e + 5]!;
          const bx = edges[e + 6]!;
          const by = edges[e + 7]!;
          const bz = edges[e + 8]!;
          const px = dy * bz - dz * by;
          const py = dz * bx - dx * bz;
          const pz = dx * by - dy * bx;
          const determinant = ax * px + ay * py + az * pz;
          if (determinant > -1e-12 && determinant < 1e-12) continue;
          const inverse = 1 / determinant;
          const tx = ox - edges[e]!;
          const ty = oy - edges[e + 1]!;
          const tz = oz - edges[e + 2]!;
          const second = (tx * px + ty * py + tz * pz) * inverse;
          if (second < 0 || second > 1) continue;
          const qx = ty * az - tz * ay;
          const qy = tz * ax - tx * az;
          const qz = tx * ay - ty * ax;
          const third = (dx * qx + dy * qy + dz * qz) * inverse;
          if (third < 0 || second + third > 1) continue;
          const length = (bx * qx + by * qy + bz * qz) * inverse;
          if (length <= TOO_NEAR || length >= nearest) continue;
          if (isAnyEnough) return true;
          nearest = length;
          isFound = true;
          hit.triangle = this.#order[index]!;
          hit.distance = length;
          hit.second = second;
          hit.third = third;
        }
      }
      if (top === 0) return isFound;
      top -= 1;
      node = stack[top]!;
    }
  }
}

function longestAxis(box: readonly number[]): number {
  let axis = 0;
  for (let other = 1; other < 3; other += 1) {
    if (box[other + 3]! - box[other]! > box[axis + 3]! - box[axis]!) axis = other;
  }
  return axis;
}

const SCRATCH: Hit = { triangle: 0, distance: 0, second: 0, third: 0 };

class BoundingBox {
  readonly low = [Infinity, Infinity, Infinity];
  readonly high = [-Infinity, -Infinity, -Infinity];

  addTriangle(positions: Float32Array, triangle: number): void {
    for (let at = 0; at < 9; at += 1) {
      const value = positions[triangle * 9 + at]!;
      const axis = at % 3;
      if (value < this.low[axis]!) this.low[axis] = value;
      if (value > this.high[axis]!) this.high[axis] = value;
    }
  }

  add(other: BoundingBox): void {
    for (let axis = 0; axis < 3; axis += 1) {
      this.low[axis] = Math.min(this.low[axis]!, other.low[axis]!);
      this.high[axis] = Math.max(this.high[axis]!, other.high[axis]!);
    }
  }

  get area(): number {
    const [x, y, z] = [0, 1, 2].map((axis) => Math.max(0, this.high[axis]! - this.low[axis]!));
    return x! * y! + y! * z! + z! * x!;
  }
}

function sideCost(boxes: readonly BoundingBox[], counts: Int32Array, from: number, to: number): number {
  const box = new BoundingBox();
  let count = 0;
  for (let bin = from; bin < to; bin += 1) {
    if (counts[bin] === 0) continue;
    box.add(boxes[bin]!);
    count += counts[bin]!;
  }
  return count === 0 ? 0 : box.area * count;
}
