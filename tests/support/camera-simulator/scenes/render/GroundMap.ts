import type { Pose } from '../movers/Mover.ts';
import type { Planes } from './Stage.ts';
import type { Still } from './Still.ts';
import type { Seen, View } from './View.ts';

const NOWHERE = 1e9;
const WHITE = 235;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Which place on the ground each pixel shows: for what lies on the ground without being drawn as triangles. */
export class GroundMap {
  readonly #view: View;
  readonly #still: Still;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #seen: Seen = { x: 0, y: 0, depth: 0 };

  constructor(view: View, still: Still) {
    this.#view = view;
    this.#still = still;
    const { width, height } = still;
    this.#x = new Float32Array(width * height).fill(NOWHERE);
    this.#y = new Float32Array(width * height).fill(NOWHERE);
    const direction = new Float64Array(3);
    for (let at = 0; at < width * height; at += 1) {
      if (still.ground[at] === 0) continue;
      view.direction((at % width) + 0.5, Math.floor(at / width) + 0.5, direction);
      const reach = still.depth[at]! / view.depthAlong(direction, 1);
      this.#x[at] = view.position[0] + direction[0]! * reach;
      this.#y[at] = view.position[1] + direction[1]! * reach;
    }
  }

  /** The soft darkness under a thing, where little of the sky gets to. */
  darken({ luma }: Planes, pose: Pose, { length, width }: { length: number; width: number }): void {
    const soft = Math.min(0.5, width * 0.3);
    this.#each(
      pose,
      { ahead: length / 2 + soft, behind: length / 2 + soft, aside: width / 2 + soft },
      (at, aside, ahead) => {
        const outside = Math.hypot(
          Math.max(0, Math.abs(aside) - width / 2 + soft),
          Math.max(0, Math.abs(ahead) - length / 2 + soft),
        );
        const part = Math.min(1, Math.max(0, 1 - outside / (soft * 2)));
        luma[at] = 16 + (luma[at]! - 16) * (1 - 0.55 * part * part * (3 - 2 * part));
      },
    );
  }

  /** The pool of light that headlamps throw on the ground. */
  shineAhead({ luma }: Planes, pose: Pose, { length }: { length: number }, strength: number): void {
    this.#each(pose, { ahead: length / 2 + 18, behind: 0, aside: 5 }, (at, aside, ahead) => {
      const reach = ahead - length / 2;
      if (reach < 0) return;
      const spread = 1 + reach * 0.2;
      const light = (strength * Math.exp(-((aside / spread) ** 2)) * Math.min(1, reach / 2)) / (1 + (reach / 7) ** 2);
      luma[at] = Math.min(WHITE, 16 + (luma[at]! - 16) * (1 + light * 1.3) + light * 14);
    });
  }

  /** The glare of lamps that look into the camera, white in front and red behind. */
  glare(planes: Planes, pose: Pose, { length }: { length: number }): void {
    const [cos, sin] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
    for (const end of [1, -1]) {
      for (const aside of [-0.65, 0.65]) {
        const ahead = (end * length) / 2;
        const [x, y] = [pose.x + aside * cos - ahead * sin, pose.y + aside * sin + ahead * cos];
        const [dx, dy] = [this.#view.position[0] - x, this.#view.position[1] - y];
        const facing = (end * (-dx * sin + dy * cos)) / Math.hypot(dx, dy, this.#view.position[2]);
        if (facing <= 0.1) continue;
        this.#view.see(x, y, pose.z + 0.75, this.#seen);
        this.#spot(planes, facing * (end === 1 ? 1 : 0.35), end === 1 ? 0 : 40);
      }
    }
  }

  /** A round glow at the place seen last, unless something stands before it. */
  #spot({ luma, cr }: Planes, strength: number, redness: number): void {
    const { width, height, depth } = this.#still;
    const { x, y, depth: distance } = this.#seen;
    if (distance < 1 || x < 0 || y < 0 || x >= width || y >= height) return;
    if (depth[Math.floor(y) * width + Math.floor(x)]! < distance - 0.6) return;
    const radius = Math.min(60, 6 + (0.9 * this.#view.focal) / distance);
    for (let v = Math.max(0, Math.floor(y - radius)); v < Math.min(height, y + radius); v += 1) {
      for (let u = Math.max(0, Math.floor(x - radius)); u < Math.min(width, x + radius); u += 1) {
        const away = Math.hypot(u - x, v - y) / radius;
        if (away >= 1) continue;
        const light = strength * (1 - away) ** 3;
        const at = v * width + u;
        luma[at] = Math.min(WHITE, luma[at]! + light * 190);
        if (redness > 0 && (u & 1) === 0 && (v & 1) === 0) {
          const half = (v >> 1) * (width >> 1) + (u >> 1);
          cr[half] = Math.min(200, cr[half]! + light * redness);
        }
      }
    }
  }

  /** Visits the ground pixels of a rectangle around a pose, with their metres to its right and ahead of it. */
  #each(
    pose: Pose,
    reach: { readonly ahead: number; readonly behind: number; readonly aside: number },
    visit: (at: number, aside: number, ahead: number) => void,
  ): void {
    const [cos, sin] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
    const box = this.#boxAround(pose, reach, cos, sin);
    const { width } = this.#still;
    for (let v = box.top; v < box.bottom; v += 1) {
      for (let u = box.left; u < box.right; u += 1) {
        const at = v * width + u;
        const [dx, dy] = [this.#x[at]! - pose.x, this.#y[at]! - pose.y];
        const aside = dx * cos + dy * sin;
        const ahead = -dx * sin + dy * cos;
        if (Math.abs(aside) < reach.aside && ahead < reach.ahead && ahead > -reach.behind) visit(at, aside, ahead);
      }
    }
  }

  #boxAround(
    pose: Pose,
    { ahead, behind, aside }: { readonly ahead: number; readonly behind: number; readonly aside: number },
    cos: number,
    sin: number,
  ): Box {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [side, along] of [
      [-aside, -behind],
      [aside, -behind],
      [-aside, ahead],
      [aside, ahead],
    ] as const) {
      this.#view.see(pose.x + side * cos - along * sin, pose.y + side * sin + along * cos, pose.z, this.#seen);
      if (this.#seen.depth < 0.5) return { left: 0, top: 0, right: 0, bottom: 0 };
      left = Math.min(left, this.#seen.x);
      right = Math.max(right, this.#seen.x);
      top = Math.min(top, this.#seen.y);
      bottom = Math.max(bottom, this.#seen.y);
    }
    return {
      left: Math.max(0, Math.floor(left)),
      top: Math.max(0, Math.floor(top)),
      right: Math.min(this.#still.width, Math.ceil(right)),
      bottom: Math.min(this.#still.height, Math.ceil(bottom)),
    };
  }
}
