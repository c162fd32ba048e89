import type { Model, Palette } from '../render/Model.ts';

/** Where a moving thing stands at a moment. */
export interface Pose {
  x: number;
  y: number;
  z: number;
  yaw: number;
  /** Metres that it has gone: its step or its wheels follow from it. */
  gone: number;
}

/** Something that moves, at any moment of the loop. */
export interface Mover {
  /** The pose at a time from 0 to the loop's end; false when it is not in the scene. */
  poseAt(seconds: number, pose: Pose): boolean;
  /** Its shape at a pose, with the colours of its parts; coarser where a metre is only a few pixels. */
  shapeAt(pose: Pose, pixelsPerMetre: number): { readonly model: Model<string>; readonly palette: Palette<string> };
  /** Whether it steps up and down with kerbs and stairs; its pose then needs only a rough height. */
  readonly followsGround?: boolean;
  /** Lamps that shine ahead of it, as parts of a car's full beam. */
  readonly headlights?: number;
  /** Whether it has soft darkness under it. */
  readonly footprint: { readonly length: number; readonly width: number };
}
