import type { Pose } from './Mover.ts';

export type Stop = readonly [x: number, y: number];

/** A way through the scene with rounded corners, measured in metres. */
export class Path {
  readonly length: number;
  readonly #points: readonly Stop[];
  readonly #lengths: readonly number[];

  constructor(stops: readonly Stop[]) {
    this.#points = rounded(stops);
    const lengths = [0];
    for (let index = 1; index < this.#points.length; index += 1) {
      const [from, to] = [this.#points[index - 1] ?? [0, 0], this.#points[index] ?? [0, 0]];
      lengths.push((lengths.at(-1) ?? 0) + Math.hypot(to[0] - from[0], to[1] - from[1]));
    }
    this.#lengths = lengths;
    this.length = lengths.at(-1) ?? 0;
  }

  /** Place and direction after so many metres. */
  poseAt(gone: number, pose: Pose): void {
    let low = 0;
    let high = this.#lengths.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lengths[middle] ?? 0) <= gone) low = middle;
      else high = middle;
    }
    const [from, to] = [this.#points[low] ?? [0, 0], this.#points[high] ?? [0, 0]];
    const start = this.#lengths[low] ?? 0;
    const part = (gone - start) / Math.max(1e-6, (this.#lengths[high] ?? 0) - start);
    pose.x = from[0] + (to[0] - from[0]) * part;
    pose.y = from[1] + (to[1] - from[1]) * part;
    // Turning a little early and a little late looks like steering.
    const next = this.#points[Math.min(this.#points.length - 1, high + 1)] ?? to;
    const before = this.#points[Math.max(0, low - 1)] ?? from;
    const yawHere = Math.atan2(-(to[0] - from[0]), to[1] - from[1]);
    const yawNext = next === to ? yawHere : Math.atan2(-(next[0] - to[0]), next[1] - to[1]);
    const yawBefore = before === from ? yawHere : Math.atan2(-(from[0] - before[0]), from[1] - before[1]);
    pose.yaw = part > 0.5 ? turn(yawHere, yawNext, (part - 0.5) * 1) : turn(yawHere, yawBefore, (0.5 - part) * 1);
    pose.gone = gone;
  }
}

function turn(from: number, to: number, part: number): number {
  const difference = ((to - from + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
  return from + difference * part;
}

const ROUNDINGS = 4;

/** Cuts corners again and again (Chaikin), which leaves straight stretches straight. */
function rounded(stops: readonly Stop[]): readonly Stop[] {
  let points = stops;
  for (let round = 0; round < ROUNDINGS && stops.length > 2; round += 1) {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return points;
    const next: Stop[] = [first];
    for (let index = 0; index + 1 < points.length; index += 1) {
      const [a, b] = [points[index] ?? first, points[index + 1] ?? last];
      next.push(
        [a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25],
        [a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75],
      );
    }
    next.push(last);
    points = next;
  }
  return points;
}
