/** Plane geometry, in metres, from which the training city is drawn. */
export type Point = readonly [eastMetres: number, northMetres: number];

/** The pieces of a path on which a condition holds, to half a metre; what is shorter than a stride may be missed. */
export function cut(path: Point[], keeps: (point: Point) => boolean): Point[][] {
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  const finish = (): void => {
    if (piece.length > 1) pieces.push(piece);
    piece = [];
  };
  const add = (point: Point, isBend: boolean): void => {
    // Between two bends only the piece's first and last point are worth keeping.
    if (piece.length > 1 && !isBend) piece[piece.length - 1] = point;
    else piece.push(point);
  };
  path.slice(1).forEach((end, index) => {
    const start = path[index] ?? end;
    const strides = Math.max(1, Math.ceil(Math.hypot(end[0] - start[0], end[1] - start[1]) / strideMetres));
    let before = start;
    if (index === 0 && keeps(start)) piece.push(start);
    for (let stride = 1; stride <= strides; stride += 1) {
      const point = between(start, end, stride / strides);
      const isKept = keeps(point);
      if (isKept && piece.length === 0) piece.push(edgeOf(point, before, keeps));
      if (isKept) add(point, stride === 1);
      else if (piece.length > 0) {
        add(edgeOf(before, point, keeps), stride === 1);
        finish();
      }
      before = point;
    }
  });
  finish();
  return pieces;
}

const strideMetres = 16;

/** The last point of the way from a kept one to one that is not kept on which the condition still holds. */
function edgeOf(kept: Point, lost: Point, keeps: (point: Point) => boolean): Point {
  let [inside, outside] = [kept, lost];
  for (let halving = 0; halving < 5; halving += 1) {
    const middle = between(inside, outside, 0.5);
    if (keeps(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** Catmull-Rom through the points, eight steps each. */
export function smooth(points: Point[]): Point[] {
  const at = (index: number): Point => points[Math.min(points.length - 1, Math.max(0, index))] ?? [0, 0];
  const curve = points.slice(1).flatMap((_, index) =>
    Array.from({ length: 8 }, (__, step): Point => {
      const t = step / 8;
      const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
      const blend = (axis: 0 | 1): number =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
      return [blend(0), blend(1)];
    }),
  );
  return [...curve, at(points.length - 1)];
}

export function widen(path: Point[], width: number): Point[] {
  const side = (sign: 1 | -1): Point[] =>
    path.map((point, index) => {
      const before = path[index - 1] ?? point;
      const after = path[index + 1] ?? point;
      const length = Math.hypot(after[0] - before[0], after[1] - before[1]);
      const scale = (sign * width) / 2 / length;
      return [point[0] - (after[1] - before[1]) * scale, point[1] + (after[0] - before[0]) * scale];
    });
  return [...side(1), ...side(-1).toReversed()];
}

/** The part of a convex polygon where x * normal[0] + y * normal[1] is at most the limit. */
export function clip(polygon: Point[], normal: Point, limit: number): Point[] {
  const excess = ([x, y]: Point): number => x * normal[0] + y * normal[1] - limit;
  return polygon.flatMap((point, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    const [here, there] = [excess(point), excess(next)];
    const kept: Point[] = here <= 0 ? [point] : [];
    if (here <= 0 !== there <= 0) {
      const t = here / (here - there);
      kept.push([point[0] + (next[0] - point[0]) * t, point[1] + (next[1] - point[1]) * t]);
    }
    return kept;
  });
}

export function crossingOf(first: Point[], second: Point[]): Point | null {
  for (let i = 1; i < first.length; i += 1) {
    for (let j = 1; j < second.length; j += 1) {
      const [a, b, c, d] = [first[i - 1], first[i], second[j - 1], second[j]];
      if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
      const turn = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
      const s = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / turn;
      const t = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / turn;
      if (s >= 0 && s <= 1 && t >= 0 && t <= 1) return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s];
    }
  }
  return null;
}

export function isNear([x, y]: Point, path: Point[], metres: number): boolean {
  let [x1, y1] = path[0] ?? [Infinity, Infinity];
  for (const to of path) {
    const x2 = to[0];
    const y2 = to[1];
    // Most stretches are far away; comparing one axis is enough to know.
    const isFar =
      Math.min(x1, x2) - x > metres ||
      x - Math.max(x1, x2) > metres ||
      Math.min(y1, y2) - y > metres ||
      y - Math.max(y1, y2) > metres;
    if (!isFar) {
      const squaredLength = (x2 - x1) ** 2 + (y2 - y1) ** 2;
      const along = squaredLength === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squaredLength;
      const t = Math.min(1, Math.max(0, along));
      if (Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)) < metres) return true;
    }
    x1 = x2;
    y1 = y2;
  }
  return false;
}

export function box(west: number, south: number, east: number, north: number, inset: number): Point[] {
  return [
    [west + inset, south + inset],
    [east - inset, south + inset],
    [east - inset, north - inset],
    [west + inset, north - inset],
  ];
}

export function boundsOf(polygon: Point[]): [west: number, south: number, east: number, north: number] {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function areaOf(polygon: Point[]): number {
  const twice = polygon.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** The usual 32-bit mulberry generator: small, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
