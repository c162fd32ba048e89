import { drive } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { curtainWall, facade } from '../parts/facade.ts';
import { lampPost, railing } from '../parts/furniture.ts';
import { asphalt, line, plain, slabs } from '../parts/ground.ts';
import { colour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { pickPaint, someCar, walkers } from './helpers.ts';
import { goldenHour, sunAt } from './lights.ts';

const WATER_LEVEL = -9;

const water: Material = (_at, look) => {
  setColour(look, colour('#3d5a60'));
  look.mirror = 0.16;
};

function skyline(builder: MeshBuilder, random: () => number): void {
  const bank = plain(colour('#7d7a6c'), 0.3);
  builder.box(bank, [-600, 225, WATER_LEVEL - 1], [900, 800, WATER_LEVEL + 4]);
  for (let x = -420; x < 620;) {
    const width = 16 + random() * 22;
    const height = 14 + random() ** 2 * (x > 60 && x < 300 ? 92 : 40);
    const y = 235 + random() * 70;
    const tint = colour(['#71838f', '#5d6f78', '#8a8f90', '#7b7468'][Math.floor(random() * 4)] ?? '#71838f');
    const seed = Math.floor(random() * 500);
    const front =
      height > 45
        ? curtainWall({ tint, seed, lit: 0.05 })
        : facade({ wall: tint, kind: 'concrete', seed, bay: 3.4, storey: 3.6 });
    builder.box(front, [x, y, WATER_LEVEL + 3], [x + width, y + 30, WATER_LEVEL + height], plain(tint, 0.2));
    x += width + random() * 6;
  }
}

/** A road bridge over a river in the morning, its lamps off, the town behind in haze. */
export function riverBridgeEast(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(505);
  const markings = [
    line(0, -40, 0, 260, { width: 0.15, colour: colour('#d0a53a') }),
    line(0.35, -40, 0.35, 260, { width: 0.15, colour: colour('#d0a53a') }),
    line(-3.6, -40, -3.6, 260, { dash: 3, gap: 5 }),
    line(3.9, -40, 3.9, 260, { dash: 3, gap: 5 }),
    line(-7.1, -40, -7.1, 260),
    line(7.4, -40, 7.4, 260),
  ];
  builder.floor(asphalt({ seed: 21, markings }), -7.6, -60, 7.9, 300, 0);
  const concrete = plain(colour('#b3aea2'), 0.25);
  for (const side of [-1, 1]) {
    const [inner, outer] = [side * 7.6 + 0.15, side * 11.2 + 0.15];
    builder.box(
      concrete,
      [Math.min(inner, outer), -60, -1.2],
      [Math.max(inner, outer), 300, 0.18],
      slabs(1.4, colour('#b5b0a6'), side),
    );
    railing(builder, outer, -50, outer, 230, 0.18, plain(colour('#3f5c5a'), 0.1, 0.03));
    for (let y = 4; y < 230; y += 26)
      lampPost(builder, { x: side * 8.2 + 0.15, y, height: 8, arm: side > 0 ? Math.PI : 0 });
  }
  // Steel arches that carry the deck.
  const steel = plain(colour('#4d6b68'), 0.15, 0.03);
  for (const side of [-1, 1]) {
    const x = side * 11.6 + 0.15;
    for (let part = 0; part < 28; part += 1) {
      const rise = (step: number): number => 15 * (1 - ((step - 14) / 14) ** 2);
      const along = (step: number): number => 30 + step * 5.2;
      builder.beam(steel, [x, along(part), rise(part)], [x, along(part + 1), rise(part + 1)], 0.75);
      if (part % 2 === 0 && part > 0) builder.beam(steel, [x, along(part), rise(part)], [x, along(part), 0], 0.16);
    }
  }
  builder.floor(water, -900, -200, 1200, 400, WATER_LEVEL);
  for (const y of [30, 103, 176]) builder.box(concrete, [-12, y - 3, WATER_LEVEL - 1], [12, y + 3, -1.2]);
  skyline(builder, random);
  const ahead = (x: number): Stop[] => [
    [x, -30],
    [x, 230],
  ];
  const back = (x: number): Stop[] => [
    [x, 230],
    [x, -30],
  ];
  return {
    mesh: builder.build(),
    lighting: { ...goldenHour(sunAt(-118, 24)), haze: { colour: [0.66, 0.68, 0.7], reach: 640 } },
    view: { position: [14.5, -17, 10.2], target: [4.4, 22, 0.5], opening: 72, barrel: 0.07, tilt: -0.6 },
    tone: { exposure: 0.95, warmth: 1 },
    grain: 1.3,
    waterLevel: WATER_LEVEL,
    movers: [
      ...drive({ ...someCar(random), path: ahead(2), speed: 13, start: 0 }),
      ...drive({ ...someCar(random), path: ahead(2), speed: 13, start: 3.4 }),
      ...drive({ ...someCar(random), path: ahead(5.8), speed: 12, start: 6 }),
      ...drive({
        kind: 'truck',
        style: { paint: colour('#2c5a8c'), second: colour('#dfe1e2') },
        path: ahead(5.8),
        speed: 12,
        start: 1.5,
      }),
      ...drive({ ...someCar(random), path: back(-1.7), speed: 13, start: 2 }),
      ...drive({
        kind: 'bus',
        style: { paint: colour('#b3261c'), second: colour('#f0ead8') },
        path: back(-5.4),
        speed: 11,
        start: 4,
      }),
      ...drive({ kind: 'sedan', style: { paint: pickPaint(random) }, path: back(-5.4), speed: 11, start: 8.4 }),
      ...drive({ ...someCar(random), path: back(-1.7), speed: 13, start: 7 }),
      ...walkers(
        [
          [
            [9.4, -20],
            [9.6, 60],
            [9.4, 160],
          ],
          [
            [-9.3, 150],
            [-9.4, 40],
            [-9.2, -20],
          ],
        ],
        random,
        0.18,
      ),
    ],
  };
}
