import { drive } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { stripes } from '../parts/facade.ts';
import { arrow, line, plain, shining } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { blendColour, colour, scaleColour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { cloudNoise, randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { park, pickPaint, someCar, walkers } from './helpers.ts';
import { indoors } from './lights.ts';

const CEILING = 3.3;
const LENGTH = 66;

function floor(): Material {
  const paint = [
    ...Array.from({ length: 26 }, (_, index) => [
      line(-8.6, index * 2.6 - 3, -3.3, index * 2.6 - 3),
      line(3.3, index * 2.6 - 3, 8.6, index * 2.6 - 3),
    ]).flat(),
    arrow(-1.5, 8, 0),
    arrow(1.5, 16, Math.PI),
    arrow(-1.5, 30, 0),
  ];
  return ({ x, y, width }, look) => {
    setColour(look, colour('#a5a39c'), 0.75 + 0.4 * cloudNoise(x * 0.4, y * 0.4, 4, width * 0.4));
    // Tyres leave dark tracks on the lanes.
    const track = Math.min(Math.abs(Math.abs(x) - 0.8), Math.abs(Math.abs(x) - 2.3));
    scaleColour(look, 1 - 0.22 * Math.max(0, 1 - track / 0.35) * cloudNoise(y * 0.2, x, 2));
    for (const marking of paint) {
      const cover = marking.cover(x, y, Math.max(width, 0.03));
      if (cover > 0) blendColour(look, marking.colour, cover * 0.8);
    }
    look.mirror = 0.045;
  };
}

/** The lowest level of a parking deck under its strip lights. */
export function parkingDeck(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(808);
  builder.floor(floor(), -9, -14, 9, LENGTH, 0);
  const concrete = plain(colour('#b0ada5'), 0.3);
  builder.quad(concrete, [-9, LENGTH, CEILING], [9, LENGTH, CEILING], [9, -14, CEILING], [-9, -14, CEILING]);
  builder.box(concrete, [-9.6, -14, 0], [-9, LENGTH, CEILING]);
  builder.box(concrete, [9, -14, 0], [9.6, LENGTH, CEILING]);
  const end = lettered(plain(colour('#b9b5aa'), 0.25), {
    text: 'LEVEL 1',
    u: 6.4,
    v: 1.2,
    height: 1,
    colour: colour('#1f5aa0'),
  });
  builder.quad(end, [-9, LENGTH, 0], [9, LENGTH, 0], [9, LENGTH, CEILING], [-9, LENGTH, CEILING]);
  const band = stripes(colour('#d8b21f'), colour('#1c1c1c'), 0.22, 'v');
  for (let y = -3; y < LENGTH; y += 7.8) {
    for (const x of [-3.6, 3.6]) {
      builder.box(concrete, [x - 0.3, y - 0.3, 0.9], [x + 0.3, y + 0.3, CEILING]);
      builder.box(band, [x - 0.31, y - 0.31, 0], [x + 0.31, y + 0.31, 0.9]);
    }
    builder.box(concrete, [-9, y - 0.35, CEILING - 0.42], [9, y + 0.35, CEILING]);
  }
  const tube = shining(colour('#eef4ff'), 4);
  const lamps: Lamp[] = [];
  for (let y = 1; y < LENGTH; y += 7.8) {
    for (const x of [-6.2, 0, 6.2]) {
      builder.box(tube, [x - 0.09, y - 1.2, CEILING - 0.16], [x + 0.09, y + 1.2, CEILING - 0.08]);
      lamps.push({ at: [x, y, CEILING - 0.2], colour: colour('#f0f5ff'), strength: x === 0 ? 5 : 4.2, cone: 86 });
    }
  }
  const pipe = plain(colour('#a33a2c'), 0.1, 0.02);
  builder.beam(pipe, [-4.6, -14, CEILING - 0.55], [-4.6, LENGTH, CEILING - 0.55], 0.1);
  builder.beam(plain(colour('#9ba2a6'), 0.1, 0.04), [5, -14, CEILING - 0.6], [5, LENGTH, CEILING - 0.6], 0.26);
  const exit = lettered(shining(colour('#0f7a3d'), 0.8), {
    text: 'EXIT',
    u: 0.14,
    v: 0.1,
    height: 0.24,
    colour: colour('#ffffff'),
    glow: 1.5,
  });
  builder.quad(exit, [-0.55, 22, 2.25], [0.55, 22, 2.25], [0.55, 22, 2.62], [-0.55, 22, 2.62]);
  for (let y = -1.7; y < LENGTH - 3; y += 2.6) {
    for (const side of [-1, 1]) {
      if (random() < 0.22) continue;
      const yaw = (side > 0 ? -Math.PI / 2 : Math.PI / 2) + (random() < 0.3 ? Math.PI : 0) + (random() - 0.5) * 0.06;
      park(builder, { ...someCar(random), x: side * (6.1 + random() * 0.3), y: y + (random() - 0.5) * 0.15, yaw });
    }
  }
  const ahead: Stop[] = [
    [1.5, -16],
    [1.5, 64],
  ];
  const back: Stop[] = [
    [-1.5, 64],
    [-1.5, -16],
  ];
  return {
    mesh: builder.build(),
    lighting: indoors([0.17, 0.175, 0.18], lamps),
    view: { position: [-2.6, -4.4, 2.7], target: [0.5, 9, 0.6], opening: 82, barrel: 0.13, tilt: 0.5 },
    tone: { exposure: 1.6, warmth: 0.97, saturation: 0.85 },
    grain: 2.2,
    movers: [
      ...drive({ kind: 'suv', style: { paint: pickPaint(random), isLit: true }, path: back, speed: 4.4, start: 3 }),
      ...drive({ kind: 'sedan', style: { paint: colour('#9c2a25'), isLit: true }, path: ahead, speed: 4.2, start: 9 }),
      ...walkers(
        [
          [
            [2.9, -12],
            [2.6, 20],
            [2.9, 60],
          ],
        ],
        random,
      ),
    ],
  };
}
