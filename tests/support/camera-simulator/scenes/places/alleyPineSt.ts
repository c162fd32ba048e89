import { drive, walk } from '../movers/movers.ts';
import { facade, wall } from '../parts/facade.ts';
import { dumpster, lampPost, SODIUM } from '../parts/furniture.ts';
import { asphalt, plain, shining } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { crates } from '../parts/stalls.ts';
import { colour } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { houseRow, park, pickPaint } from './helpers.ts';
import { night } from './lights.ts';

const IRON = plain(colour('#2b2d30'), 0.2);

/** Balconies of iron with ladders between them, on a wall at `x` that looks towards `side`. */
function fireEscape(builder: MeshBuilder, x: number, y: number, side: 1 | -1): void {
  const out = x + side * 1.1;
  for (const z of [3.6, 7, 10.4]) {
    builder.box(IRON, [Math.min(x, out), y, z], [Math.max(x, out), y + 3.4, z + 0.06]);
    for (const rise of [0.5, 1]) {
      builder.beam(IRON, [out, y, z + rise], [out, y + 3.4, z + rise], 0.05);
      builder.beam(IRON, [x, y, z + rise], [out, y, z + rise], 0.05);
      builder.beam(IRON, [x, y + 3.4, z + rise], [out, y + 3.4, z + rise], 0.05);
    }
    for (let post = 0; post <= 4; post += 1)
      builder.beam(IRON, [out, y + post * 0.85, z], [out, y + post * 0.85, z + 1], 0.04);
    if (z > 10) continue;
    for (const offset of [0.3, 0.75])
      builder.beam(IRON, [out - side * offset, y + 0.3, z], [out - side * offset, y + 2.9, z + 3.4], 0.07);
    for (let step = 1; step < 9; step += 1) {
      const [along, up] = [y + 0.3 + (2.6 * step) / 9, z + (3.4 * step) / 9];
      builder.beam(IRON, [out - side * 0.3, along, up], [out - side * 0.75, along, up], 0.04);
    }
  }
}

function doorLamp(
  builder: MeshBuilder,
  x: number,
  y: number,
  z: number,
  side: 1 | -1,
  strength: number,
  tint = SODIUM,
): Lamp {
  builder.box(IRON, [Math.min(x, x + side * 0.3), y - 0.12, z], [Math.max(x, x + side * 0.3), y + 0.12, z + 0.2]);
  builder.box(
    shining(tint, 8),
    [Math.min(x + side * 0.08, x + side * 0.3), y - 0.09, z - 0.08],
    [Math.max(x + side * 0.08, x + side * 0.3), y + 0.09, z],
  );
  return { at: [x + side * 0.45, y, z - 0.15], colour: tint, strength, cone: 84 };
}

/** A wet alley at night between brick walls: a few lamps, bins, somebody on the way home. */
export function alleyPineSt(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1010);
  builder.floor(asphalt({ seed: 61, wetness: 0.75, colour: colour('#6f6c68') }), -200, -40, 200, 200, 0);
  const left = facade({
    wall: colour('#7d4636'),
    kind: 'brick',
    seed: 33,
    lit: 0.1,
    windowWidth: 0.38,
    bay: 3.4,
    shopHeight: 0,
  });
  const right = facade({ wall: colour('#8a6a58'), kind: 'brick', seed: 37, lit: 0.12, windowWidth: 0.34, bay: 3.8 });
  builder.box(left, [-16, -12, 0], [-3, 44, 17]);
  builder.box(right, [3.2, -12, 0], [16, 22, 15]);
  builder.box(wall('brick', colour('#6d5a52'), 9), [3.6, 23, 0], [16, 44, 19]);
  fireEscape(builder, -3, 11, 1);
  fireEscape(builder, 3.2, 15, -1);
  const door = plain(colour('#3d4a44'), 0.2, 0.02);
  builder.box(door, [-3.05, 7, 0], [-2.95, 8.2, 2.2]);
  builder.box(door, [3.1, 9.4, 0], [3.25, 10.6, 2.2]);
  builder.box(plain(colour('#5b4a3a'), 0.3), [3.1, 25, 0], [3.65, 28, 3]);
  dumpster(builder, -2.1, 4.4, Math.PI / 2, colour('#2f5d46'));
  dumpster(builder, 2.3, 13.4, Math.PI / 2 + 0.05, colour('#34506e'));
  dumpster(builder, -2.1, 20, Math.PI / 2, colour('#2f5d46'));
  crates(builder, 1.7, 6.2, 7);
  for (const [x, y] of [
    [2.5, 8],
    [2.7, 8.5],
    [-2.5, 10],
  ] as const)
    builder.pole(plain(colour('#1c1d1f'), 0.4, 0.03), x, y, 0, 0.55, 0.33, 0.16);
  const pipe = plain(colour('#4a4d50'), 0.2, 0.02);
  for (const [x, y] of [
    [-2.9, 2.4],
    [-2.9, 17],
    [3.1, 3.4],
    [3.1, 21],
  ] as const)
    builder.pole(pipe, x, y, 0, 15, 0.07);
  for (const y of [6, 18, 30]) builder.beam(plain(colour('#17181a'), 0), [-3, y, 8.5], [3.2, y + 2, 8], 0.03);
  const lamps: Lamp[] = [
    doorLamp(builder, -3, 7.6, 2.9, 1, 30),
    doorLamp(builder, 3.2, 10, 3, -1, 30, colour('#ffe2b8')),
    doorLamp(builder, -3, 24, 4.4, 1, 55),
    doorLamp(builder, 3.6, 34, 4.6, -1, 55),
    // One behind the camera, which the picture does not show.
    { at: [1.5, -11, 6], colour: SODIUM, strength: 30 },
    ...lampPost(builder, { x: 6, y: 47, height: 7, arm: Math.PI / 2, strength: 110 }),
    ...lampPost(builder, { x: -10, y: 47, height: 7, arm: Math.PI / 2, strength: 110 }),
  ];
  const sign = lettered(plain(colour('#191a1d'), 0.1), {
    text: 'BAR',
    u: 0.25,
    v: 0.3,
    height: 0.7,
    colour: colour('#ff4b3a'),
    glow: 3,
  });
  builder.quad(sign, [1.2, 21.8, 3.4], [3.1, 21.8, 3.4], [3.1, 21.8, 4.6], [1.2, 21.8, 4.6]);
  lamps.push({ at: [2.2, 21.2, 3.9], colour: colour('#ff5a48'), strength: 6 });
  // The lit street at its end.
  houseRow(builder, { x: 64, depth: 10, from: 40, to: 60, random, lit: 0.4 });
  builder.box(
    facade({ wall: colour('#9a8d7a'), kind: 'plaster', seed: 44, shopHeight: 4.2, lit: 0.5, sign: colour('#27364d') }),
    [-40, 60, 0],
    [40, 75, 18],
  );
  park(builder, { kind: 'hatchback', x: 1.9, y: 31, yaw: 0.03, style: { paint: colour('#39424d') } });
  return {
    mesh: builder.build(),
    lighting: { ...night(lamps), bounce: [0.02, 0.017, 0.015], closeness: 4 },
    view: { position: [-1.2, -7.4, 4.5], target: [0.3, 12, 1.2], opening: 66, barrel: 0.1, tilt: 1 },
    tone: { exposure: 5, warmth: 0.97, saturation: 0.9 },
    grain: 3.4,
    movers: [
      ...walk({
        path: [
          [-0.6, 56],
          [0.3, 30],
          [0.9, 10],
          [0.4, -10],
        ],
        random,
        speed: 1.3,
      }),
      ...walk({
        path: [
          [-14, 52],
          [0, 51.4],
          [14, 52],
        ],
        random,
      }),
      ...walk({
        path: [
          [14, 50.6],
          [0, 50.4],
          [-14, 50.6],
        ],
        random,
      }),
      ...drive({
        kind: 'sedan',
        style: { paint: pickPaint(random), isLit: true },
        path: [
          [-60, 54.5],
          [60, 54.5],
        ],
        speed: 11,
        start: 1,
      }),
      ...drive({
        kind: 'suv',
        style: { paint: pickPaint(random), isLit: true },
        path: [
          [60, 57],
          [-60, 57],
        ],
        speed: 10,
        start: 6,
      }),
    ],
  };
}
