import { LOOP_FRAMES, FRAMES_PER_SECOND } from '../../stamp.ts';
import { STEP_POSES, STRIDE, somebody } from '../parts/people.ts';
import type { Detail, PersonLook } from '../parts/people.ts';
import { VEHICLES, vehiclePalette } from '../parts/vehicles.ts';
import type { VehicleKind, VehicleStyle } from '../parts/vehicles.ts';
import type { Colour } from '../render/Material.ts';
import { scaled } from '../render/Model.ts';
import type { Model, Palette } from '../render/Model.ts';
import type { Mover, Pose } from './Mover.ts';
import { Path } from './path.ts';
import type { Stop } from './path.ts';

export const LOOP_SECONDS = LOOP_FRAMES / FRAMES_PER_SECOND;

/**
 * Where on its path a mover is, so that the end of the loop meets its beginning: a path that takes several loops carries
 * as many movers, each one loop behind the next, and at the end of the loop each has reached the place of the one ahead.
 */
interface Convoy {
  readonly path: Path;
  readonly loops: number;
  /** Metres a second. */
  readonly speed: number;
}

function convoyOn(path: Path, wantedSpeed: number): Convoy {
  const loops = Math.max(1, Math.round(path.length / (wantedSpeed * LOOP_SECONDS)));
  return { path, loops, speed: path.length / (loops * LOOP_SECONDS) };
}

function goneAt({ loops, speed, path }: Convoy, member: number, startSeconds: number, seconds: number): number {
  const whole = loops * LOOP_SECONDS;
  const time = (((seconds + startSeconds + member * LOOP_SECONDS) % whole) + whole) % whole;
  return Math.min(path.length, time * speed);
}

export interface DriveOptions {
  readonly kind: VehicleKind;
  readonly style: VehicleStyle;
  readonly path: readonly Stop[];
  /** Metres a second; made a little faster or slower to fit the loop. */
  readonly speed: number;
  /** Where in the loop it begins, in seconds. */
  readonly start?: number;
  readonly z?: number;
}

/** Vehicles of one look along a path, again and again. */
export function drive({ kind, style, path, speed, start = 0, z = 0 }: DriveOptions): Mover[] {
  const convoy = convoyOn(new Path(path), speed);
  const { near, far }: Readonly<Record<'near' | 'far', Model<string>>> = VEHICLES[kind];
  const palette: Palette<string> = vehiclePalette(style);
  return Array.from({ length: convoy.loops }, (_, member): Mover => ({
    poseAt: (seconds, pose) => {
      convoy.path.poseAt(goneAt(convoy, member, start, seconds), pose);
      pose.z = z;
      return true;
    },
    shapeAt: (_pose, pixelsPerMetre) => ({ model: pixelsPerMetre > 16 ? near : far, palette }),
    ...(style.isLit === true ? { headlights: 1 } : {}),
    footprint: { length: near.radius * 1.9, width: kind === 'bus' || kind === 'truck' || kind === 'tram' ? 2.5 : 1.8 },
  }));
}

export interface WalkOptions {
  readonly path: readonly Stop[];
  readonly random: () => number;
  readonly speed?: number;
  readonly start?: number;
  readonly z?: number;
  readonly top?: Colour;
  /** 1 for a grown person, 0.7 for a child. */
  readonly size?: number;
}

function poseIndex(gone: number): number {
  return Math.floor(((gone / STRIDE) % 1) * STEP_POSES) % STEP_POSES;
}

/** A person's models in the detail that is worth its time at this size. */
function peopleOf(look: PersonLook, size: number): (pixelsPerMetre: number, pose: number) => Model<string> {
  const models = new Map<Detail, readonly Model<string>[]>();
  for (const [detail, poses] of look.poses)
    models.set(
      detail,
      poses.map((pose) => scaled(pose, look.scale * size)),
    );
  return (pixelsPerMetre, pose) => {
    const detail = pixelsPerMetre > 55 ? 9 : pixelsPerMetre > 22 ? 6 : 4;
    const model = models.get(detail)?.[pose];
    if (model === undefined) throw new Error(`There is no pose ${pose}.`);
    return model;
  };
}

const PERSON_FOOTPRINT = { length: 0.5, width: 0.5 };

/** People of one look who walk along a path, one loop behind each other. */
export function walk({ path, random, speed, start, z = 0, top, size = 1 }: WalkOptions): Mover[] {
  const convoy = convoyOn(new Path(path), speed ?? 1.15 + random() * 0.45);
  const look = somebody(random, top);
  const modelAt = peopleOf(look, size);
  const palette: Palette<string> = look.palette;
  const offset = start ?? random() * LOOP_SECONDS * convoy.loops;
  return Array.from({ length: convoy.loops }, (_, member): Mover => ({
    poseAt: (seconds, pose) => {
      convoy.path.poseAt(goneAt(convoy, member, offset, seconds), pose);
      pose.z = z;
      return true;
    },
    shapeAt: ({ gone }, pixelsPerMetre) => ({
      model: modelAt(pixelsPerMetre, poseIndex(gone / (look.scale * size))),
      palette,
    }),
    followsGround: true,
    footprint: PERSON_FOOTPRINT,
  }));
}

/** Somebody who stands and shifts a little from one foot to the other. */
export function stand(
  x: number,
  y: number,
  yaw: number,
  random: () => number,
  options: { z?: number; top?: Colour; size?: number } = {},
): Mover {
  const { z = 0, top, size = 1 } = options;
  const look = somebody(random, top);
  const modelAt = peopleOf(look, size);
  const palette: Palette<string> = look.palette;
  const phase = random() * 2 * Math.PI;
  const turns = 1 + Math.floor(random() * 2);
  return {
    poseAt: (seconds, pose: Pose) => {
      const angle = phase + (seconds / LOOP_SECONDS) * 2 * Math.PI * turns;
      pose.x = x + 0.03 * Math.sin(angle);
      pose.y = y + 0.02 * Math.cos(angle);
      pose.z = z;
      pose.yaw = yaw + 0.25 * Math.sin(angle + 1);
      pose.gone = 0;
      return true;
    },
    shapeAt: (_pose, pixelsPerMetre) => ({ model: modelAt(pixelsPerMetre, STEP_POSES), palette }),
    followsGround: true,
    footprint: PERSON_FOOTPRINT,
  };
}
