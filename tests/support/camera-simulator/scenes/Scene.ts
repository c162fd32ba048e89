import type { Lighting } from './render/Lighting.ts';
import type { Mesh } from './render/Mesh.ts';
import type { ToneSettings } from './render/Tone.ts';
import type { ViewSettings } from './render/View.ts';
import type { Mover } from './movers/Mover.ts';

/** All that a camera sees and how it sees it. */
export interface Scene {
  readonly mesh: Mesh;
  readonly lighting: Lighting;
  readonly view: ViewSettings;
  readonly tone: ToneSettings;
  /** Strength of the sensor's noise, in steps of luma: 1 by day, 4 at night. */
  readonly grain: number;
  readonly movers: readonly Mover[];
  /** Height of a water surface that glitters. */
  readonly waterLevel?: number;
}
