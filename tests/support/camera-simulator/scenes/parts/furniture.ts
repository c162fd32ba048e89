// What stands in streets.
import { colour } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';
import type { MeshBuilder } from '../render/Mesh.ts';
import type { Lamp } from '../render/Lighting.ts';
import { plain, shining } from './ground.ts';

const DARK_METAL = plain(colour('#3c3f42'), 0.2, 0.03);
const LIGHT_METAL = plain(colour('#8d9296'), 0.2, 0.04);
const WOOD = plain(colour('#8a6a45'), 0.3);
const BLACK = plain(colour('#1e1f20'), 0.2);

export const SODIUM = colour('#ffb45e');
export const COLD_WHITE = colour('#dfeaff');

export interface LampPost {
  readonly x: number;
  readonly y: number;
  readonly height?: number;
  /** Direction of its arm, radians; left out, the lamp sits on top. */
  readonly arm?: number;
  readonly light?: Colour;
  /** 0 or left out: it is day. */
  readonly strength?: number;
}

/** A street lamp; gives back its light when it burns. */
export function lampPost(builder: MeshBuilder, post: LampPost): Lamp[] {
  const { x, y, height = 7, arm, light = SODIUM, strength = 0 } = post;
  builder.pole(DARK_METAL, x, y, 0, height, 0.09, 0.06);
  const reach = arm === undefined ? 0 : 1.6;
  const [headX, headY] = [x + Math.cos(arm ?? 0) * reach, y + Math.sin(arm ?? 0) * reach];
  if (arm !== undefined) builder.beam(DARK_METAL, [x, y, height - 0.1], [headX, headY, height + 0.25], 0.07);
  const glass: Material = strength > 0 ? shining(light, 6) : plain(colour('#c9ccc6'), 0.1);
  const top = arm === undefined ? height : height + 0.2;
  builder.box(DARK_METAL, [headX - 0.28, headY - 0.16, top + 0.06], [headX + 0.28, headY + 0.16, top + 0.16]);
  builder.box(glass, [headX - 0.24, headY - 0.13, top - 0.02], [headX + 0.24, headY + 0.13, top + 0.06]);
  return strength > 0 ? [{ at: [headX, headY, top - 0.05], colour: light, strength, cone: 78 }] : [];
}

/** Signals on a pole with an arm over the lane; `green` says which lamp is lit. `yaw` is where drivers come from. */
export function trafficLight(builder: MeshBuilder, x: number, y: number, yaw: number, isGreen: boolean): void {
  builder.at(x, y, 0, yaw, () => {
    builder.pole(DARK_METAL, 0, 0, 0, 5.6, 0.1, 0.07);
    builder.beam(DARK_METAL, [0, 0, 5.4], [-4.6, 0, 5.7], 0.12);
    for (const [headX, headZ] of [
      [-4.4, 4.9],
      [-2.4, 4.8],
      [0, 2.6],
    ] as const) {
      builder.box(BLACK, [headX - 0.18, -0.32, headZ], [headX + 0.18, -0.1, headZ + 1]);
      for (const [index, light] of [colour('#ff2a1c'), colour('#ffb000'), colour('#20e08a')].entries()) {
        const isLit = index === (isGreen ? 2 : 0);
        const z = headZ + 0.84 - index * 0.33;
        const lens = isLit ? shining(light, 4) : plain([light[0] * 0.12, light[1] * 0.12, light[2] * 0.12], 0);
        builder.box(lens, [headX - 0.11, -0.36, z - 0.11], [headX + 0.11, -0.32, z + 0.11]);
      }
    }
  });
}

export function bench(builder: MeshBuilder, x: number, y: number, yaw: number): void {
  builder.at(x, y, 0, yaw, () => {
    for (const slat of [-0.2, 0, 0.2]) builder.box(WOOD, [-0.9, slat - 0.08, 0.42], [0.9, slat + 0.08, 0.47]);
    for (const rise of [0.62, 0.8]) builder.box(WOOD, [-0.9, -0.32, rise], [0.9, -0.28, rise + 0.14]);
    for (const side of [-0.7, 0.7]) builder.box(DARK_METAL, [side - 0.04, -0.3, 0], [side + 0.04, 0.25, 0.42]);
  });
}

export function bin(builder: MeshBuilder, x: number, y: number, paint: Colour = colour('#3f5147')): void {
  builder.pole(plain(paint, 0.2), x, y, 0, 0.95, 0.28, 0.3);
}

export function bollard(builder: MeshBuilder, x: number, y: number): void {
  builder.pole(DARK_METAL, x, y, 0, 0.85, 0.09, 0.08);
  builder.pole(plain(colour('#d8d5c8'), 0), x, y, 0.66, 0.74, 0.095);
}

export function hydrant(builder: MeshBuilder, x: number, y: number): void {
  const red = plain(colour('#b03024'), 0.15, 0.02);
  builder.pole(red, x, y, 0, 0.6, 0.12);
  builder.pole(red, x, y, 0.6, 0.75, 0.13, 0.03);
  builder.box(red, [x - 0.22, y - 0.06, 0.38], [x + 0.22, y + 0.06, 0.5]);
}

/** A sign on a post: round ones are drawn as plates with eight corners. */
export function roadSign(builder: MeshBuilder, x: number, y: number, yaw: number, face: Colour, border: Colour): void {
  builder.at(x, y, 0, yaw, () => {
    builder.pole(LIGHT_METAL, 0, 0, 0, 2.9, 0.035);
    builder.box(plain(border, 0), [-0.34, -0.07, 2.2], [0.34, -0.04, 2.88]);
    builder.box(plain(face, 0), [-0.27, -0.09, 2.27], [0.27, -0.07, 2.81]);
  });
}

/** A row of posts with two rails, from one point to another. */
export function railing(
  builder: MeshBuilder,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  z = 0,
  paint?: Material,
): void {
  const material = paint ?? DARK_METAL;
  const length = Math.hypot(x1 - x0, y1 - y0);
  const posts = Math.max(1, Math.round(length / 1.8));
  for (let post = 0; post <= posts; post += 1) {
    const [x, y] = [x0 + ((x1 - x0) * post) / posts, y0 + ((y1 - y0) * post) / posts];
    builder.beam(material, [x, y, z], [x, y, z + 1.05], 0.06);
  }
  for (const rise of [0.35, 0.7, 1.05]) builder.beam(material, [x0, y0, z + rise], [x1, y1, z + rise], 0.05);
}

export function trafficCone(builder: MeshBuilder, x: number, y: number): void {
  const orange = plain(colour('#e0561f'), 0.1);
  builder.box(orange, [x - 0.2, y - 0.2, 0], [x + 0.2, y + 0.2, 0.05]);
  builder.pole(orange, x, y, 0.05, 0.75, 0.15, 0.03);
  builder.pole(plain(colour('#e8e8e8'), 0), x, y, 0.35, 0.5, 0.108, 0.08);
}

export function dumpster(builder: MeshBuilder, x: number, y: number, yaw: number, paint: Colour): void {
  builder.at(x, y, 0, yaw, () => {
    builder.box(plain(paint, 0.35), [-1, -0.6, 0.15], [1, 0.6, 1.25]);
    builder.box(BLACK, [-1.02, -0.62, 1.25], [1.02, 0.62, 1.33]);
    for (const side of [-0.8, 0.8]) builder.box(BLACK, [side - 0.08, -0.5, 0], [side + 0.08, -0.35, 0.16]);
  });
}
