import { ambientLight, hazeLeaves, lampLight } from './Lighting.ts';
import type { Lighting } from './Lighting.ts';
import type { Paint } from './Model.ts';
import type { SceneGeometry } from './SceneGeometry.ts';
import type { Tone } from './Tone.ts';

const STRONGEST_LAMPS = 4;
const FAINT = 0.01;

interface Beam {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** The light at the place of one moving thing: asked once, used for all its faces. */
export interface PlaceLight {
  readonly beams: readonly Beam[];
  readonly isSunny: boolean;
}

/** Which sources reach a point. */
export function lightAt(geometry: SceneGeometry, lighting: Lighting, x: number, y: number, z: number): PlaceLight {
  const origin = Float64Array.of(x, y, z);
  const towards = new Float64Array(4);
  const beams: Beam[] = [];
  let isSunny = false;
  const { sun } = lighting;
  if (sun !== undefined && !geometry.isBlocked(origin, Float64Array.from(sun.towards), 1000)) {
    isSunny = true;
    const [red, green, blue] = sun.colour.map((part) => part * sun.strength);
    beams.push({ x: sun.towards[0], y: sun.towards[1], z: sun.towards[2], red: red!, green: green!, blue: blue! });
  }
  const strongest = lighting.lamps
    .map((lamp) => ({ lamp, strength: lampLight(lamp, x, y, z, towards) }))
    .filter(({ strength }) => strength > FAINT)
    .toSorted((one, other) => other.strength - one.strength)
    .slice(0, STRONGEST_LAMPS);
  for (const { lamp, strength } of strongest) {
    lampLight(lamp, x, y, z, towards);
    if (geometry.isBlocked(origin, towards, towards[3]! - 0.6)) continue;
    const [red, green, blue] = lamp.colour.map((part) => part * strength);
    beams.push({ x: towards[0]!, y: towards[1]!, z: towards[2]!, red: red!, green: green!, blue: blue! });
  }
  return { beams, isSunny };
}

const AMBIENT = new Float64Array(3);

export interface Face {
  /** Its normal, on the side that is seen. */
  x: number;
  y: number;
  z: number;
  /** Direction from the camera to it. */
  seenX: number;
  seenY: number;
  seenZ: number;
  distance: number;
}

/** The colour of one flat face, packed for the picture. */
export function faceColour(face: Face, paint: Paint, place: PlaceLight, lighting: Lighting, tone: Tone): number {
  const { colour, glow = 0, mirror = 0 } = paint;
  ambientLight(lighting, face.z, AMBIENT);
  let [red, green, blue] = [AMBIENT[0]! * 0.85, AMBIENT[1]! * 0.85, AMBIENT[2]! * 0.85];
  let shine = 0;
  for (const beam of place.beams) {
    const facing = face.x * beam.x + face.y * beam.y + face.z * beam.z;
    if (facing <= 0) continue;
    red += beam.red * facing;
    green += beam.green * facing;
    blue += beam.blue * facing;
    if (mirror === 0) continue;
    // Where the source is mirrored there is a soft highlight.
    const reflected = 2 * facing;
    const towardsEye =
      (face.x * reflected - beam.x) * -face.seenX +
      (face.y * reflected - beam.y) * -face.seenY +
      (face.z * reflected - beam.z) * -face.seenZ;
    if (towardsEye > 0) shine += mirror * 4 * towardsEye ** 24 * beam.green;
  }
  red = red * colour[0] + colour[0] * glow + shine;
  green = green * colour[1] + colour[1] * glow + shine;
  blue = blue * colour[2] + colour[2] * glow + shine;
  if (mirror > 0) {
    const facing = Math.min(1, Math.max(0, -(face.x * face.seenX + face.y * face.seenY + face.z * face.seenZ)));
    const part = Math.min(0.85, mirror + (1 - mirror) * (1 - facing) ** 5 * 0.6);
    const up = face.seenZ + 2 * facing * face.z;
    const { sky, bounce } = lighting;
    const height = Math.max(0, up) ** 0.5;
    const mirrored = (channel: 0 | 1 | 2): number =>
      up > 0
        ? (sky.horizon[channel] + (sky.zenith[channel] - sky.horizon[channel]) * height) * sky.strength * 0.8
        : bounce[channel];
    red += (mirrored(0) - red) * part;
    green += (mirrored(1) - green) * part;
    blue += (mirrored(2) - blue) * part;
  }
  const leaves = hazeLeaves(lighting, face.distance);
  const { haze } = lighting;
  return tone.packed(
    red * leaves + haze.colour[0] * (1 - leaves),
    green * leaves + haze.colour[1] * (1 - leaves),
    blue * leaves + haze.colour[2] * (1 - leaves),
  );
}
