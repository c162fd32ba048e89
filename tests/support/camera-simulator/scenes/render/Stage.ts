import type { Mover, Pose } from '../movers/Mover.ts';
import { GroundMap } from './GroundMap.ts';
import type { Lighting } from './Lighting.ts';
import type { Model, Palette } from './Model.ts';
import { faceColour, lightAt } from './modelLight.ts';
import type { Face, PlaceLight } from './modelLight.ts';
import type { SceneGeometry } from './SceneGeometry.ts';
import type { Still } from './Still.ts';
import { SubsampleRaster } from './SubsampleRaster.ts';
import type { Tone } from './Tone.ts';
import type { Seen, View } from './View.ts';

const NEAREST = 0.4;
/** Things are at most so long, and their shadows. */
const MARGIN_METRES = 15;
/** Pixels of a metre below which a thing, or the darkness under it, is not worth drawing. */
const SMALLEST_SIZE = 2.5;
const FAINT_SIZE = 7;

export interface StageScene {
  readonly still: Still;
  readonly geometry: SceneGeometry;
  readonly lighting: Lighting;
  readonly view: View;
  readonly tone: Tone;
  readonly movers: readonly Mover[];
}

export interface Planes {
  readonly luma: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
}

interface Actor {
  readonly mover: Mover;
  readonly pose: Pose;
  readonly model: Model<string>;
  readonly palette: Palette<string>;
  readonly place: PlaceLight;
  readonly depth: number;
  /** Pixels of a metre. */
  readonly size: number;
}

/** Puts the moving things into the standing picture. */
export class Stage {
  readonly #scene: StageScene;
  readonly #raster: SubsampleRaster;
  readonly #ground: GroundMap;
  readonly #seen: Seen = { x: 0, y: 0, depth: 0 };
  #points = new Float32Array(3000);

  constructor(scene: StageScene) {
    this.#scene = scene;
    const { width, height } = scene.still;
    this.#raster = new SubsampleRaster(width, height);
    this.#ground = new GroundMap(scene.view, scene.still);
  }

  /** Draws everything that moves as it is at this time of the loop. */
  draw(planes: Planes, seconds: number): void {
    const actors = this.#actors(seconds);
    this.#drawShadows(planes, actors);
    for (const { pose, mover, size } of actors)
      if (size > FAINT_SIZE) this.#ground.darken(planes, pose, mover.footprint);
    for (const { pose, mover } of actors) {
      if (this.#isDark && mover.headlights !== undefined)
        this.#ground.shineAhead(planes, pose, mover.footprint, mover.headlights);
    }
    // Far things first, so that near ones cover them.
    for (const actor of actors.toSorted((one, other) => other.depth - one.depth)) this.#drawActor(planes, actor);
    if (!this.#isDark) return;
    for (const { pose, mover } of actors) {
      if (mover.headlights !== undefined) this.#ground.glare(planes, pose, mover.footprint);
    }
  }

  /** By day headlamps are seen, but light nothing. */
  get #isDark(): boolean {
    const { sun, sky } = this.#scene.lighting;
    return sun === undefined && sky.zenith[1] * sky.strength < 0.3;
  }

  #actors(seconds: number): Actor[] {
    const { movers, geometry, lighting, view } = this.#scene;
    const actors: Actor[] = [];
    for (const mover of movers) {
      const pose: Pose = { x: 0, y: 0, z: 0, yaw: 0, gone: 0 };
      if (!mover.poseAt(seconds, pose)) continue;
      if (mover.followsGround === true) pose.z = geometry.groundAt(pose.x, pose.y, pose.z);
      const size = this.#pixelsPerMetre(pose);
      if (size < SMALLEST_SIZE) continue;
      const { model, palette } = mover.shapeAt(pose, size);
      const place = lightAt(geometry, lighting, pose.x, pose.y, pose.z + model.height * 0.6);
      const depth = Math.hypot(pose.x - view.position[0], pose.y - view.position[1]);
      actors.push({ mover, pose, model, palette, place, depth, size });
    }
    return actors;
  }

  /** How large a metre is seen at a pose; 0 when the thing and its shadow are well outside the picture. */
  #pixelsPerMetre(pose: Pose): number {
    const { view } = this.#scene;
    view.see(pose.x, pose.y, pose.z + 1, this.#seen);
    const { x, y, depth } = this.#seen;
    if (depth < -8) return 0;
    if (depth < 8) return view.focal / Math.max(1, depth);
    const size = view.focal / depth;
    const margin = MARGIN_METRES * size;
    const isInside = x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
    return isInside ? size : 0;
  }

  #drawActor(planes: Planes, actor: Actor): void {
    if (!this.#project(actor, undefined)) return;
    const { model, palette, pose, place } = actor;
    const { view, lighting, tone } = this.#scene;
    const cos = Math.cos(pose.yaw);
    const sin = Math.sin(pose.yaw);
    const paints = model.parts.map((part) => palette[part]!);
    const distance = Math.hypot(pose.x - view.position[0], pose.y - view.position[1], pose.z - view.position[2]);
    const face: Face = { x: 0, y: 0, z: 0, seenX: 0, seenY: 0, seenZ: 0, distance };
    const { points, corners, normals } = model;
    const seen = this.#points;
    for (let n = 0; n < model.count * 3; n += 3) {
      const [a, b, c] = [corners[n]!, corners[n + 1]!, corners[n + 2]!];
      if (seen[a * 3 + 2]! <= 0 || seen[b * 3 + 2]! <= 0 || seen[c * 3 + 2]! <= 0) continue;
      const [x, y] = [points[a * 3]!, points[a * 3 + 1]!];
      face.seenX = pose.x + x * cos - y * sin - view.position[0];
      face.seenY = pose.y + x * sin + y * cos - view.position[1];
      face.seenZ = pose.z + points[a * 3 + 2]! - view.position[2];
      const length = Math.sqrt(face.seenX * face.seenX + face.seenY * face.seenY + face.seenZ * face.seenZ);
      face.seenX /= length;
      face.seenY /= length;
      face.seenZ /= length;
      face.x = normals[n]! * cos - normals[n + 1]! * sin;
      face.y = normals[n]! * sin + normals[n + 1]! * cos;
      face.z = normals[n + 2]!;
      if (face.x * face.seenX + face.y * face.seenY + face.z * face.seenZ > 0) {
        face.x = -face.x;
        face.y = -face.y;
        face.z = -face.z;
      }
      this.#raster.triangle(seen, a, b, c, faceColour(face, paints[model.partOf[n / 3]!]!, place, lighting, tone));
    }
    this.#raster.blend(planes, this.#scene.still);
  }

  /**
   * Finds where the points of a thing are seen, or those of its shadow on the ground when the direction to the sun is
   * given; false when all is outside the picture. The raster has begun with their surroundings then.
   */
  #project({ model, pose }: Actor, sun: readonly [number, number, number] | undefined): boolean {
    const { view } = this.#scene;
    const { points } = model;
    if (this.#points.length < points.length) this.#points = new Float32Array(points.length * 2);
    const cos = Math.cos(pose.yaw);
    const sin = Math.sin(pose.yaw);
    const [shiftX, shiftY] = sun === undefined ? [0, 0] : [sun[0] / sun[2], sun[1] / sun[2]];
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const seen = this.#seen;
    for (let at = 0; at < points.length; at += 3) {
      const [mx, my, mz] = [points[at]!, points[at + 1]!, points[at + 2]!];
      const x = pose.x + mx * cos - my * sin - mz * shiftX;
      const y = pose.y + mx * sin + my * cos - mz * shiftY;
      view.see(x, y, sun === undefined ? pose.z + mz : pose.z, seen);
      this.#points[at] = seen.x;
      this.#points[at + 1] = seen.y;
      this.#points[at + 2] = seen.depth > NEAREST ? 1 / seen.depth : 0;
      if (seen.depth <= NEAREST) continue;
      if (seen.x < left) left = seen.x;
      if (seen.x > right) right = seen.x;
      if (seen.y < top) top = seen.y;
      if (seen.y > bottom) bottom = seen.y;
    }
    return right > left && this.#raster.begin(left, top, right, bottom);
  }

  #drawShadows(planes: Planes, actors: readonly Actor[]): void {
    const { lighting, still } = this.#scene;
    if (lighting.sun === undefined) return;
    for (const actor of actors) {
      if (!actor.place.isSunny || !this.#project(actor, lighting.sun.towards)) continue;
      const seen = this.#points;
      const { corners } = actor.model;
      for (let n = 0; n < corners.length; n += 3) {
        const [a, b, c] = [corners[n]!, corners[n + 1]!, corners[n + 2]!];
        if (seen[a * 3 + 2]! <= 0 || seen[b * 3 + 2]! <= 0 || seen[c * 3 + 2]! <= 0) continue;
        this.#raster.triangle(seen, a, b, c, 1);
      }
      this.#raster.blendShade(planes, still);
    }
  }
}
