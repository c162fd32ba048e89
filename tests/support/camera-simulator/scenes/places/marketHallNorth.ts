import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { arcade } from '../parts/arcade.ts';
import { wall } from '../parts/facade.ts';
import { bench, bin, bollard, lampPost } from '../parts/furniture.ts';
import { cobbles, plain } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { tree } from '../parts/plants.ts';
import { crates, stall } from '../parts/stalls.ts';
import { colour } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { houseRow, park, walkers } from './helpers.ts';
import { overcast } from './lights.ts';

const BRICK = colour('#a2543d');

function hall(builder: MeshBuilder): void {
  const stone = plain(colour('#cfc6b2'), 0.2);
  const dark = plain(colour('#15191a'), 0.1, 0.05);
  const front = arcade({ kind: 'brick', wall: BRICK, bay: 5.5, opening: 3.6, spring: 4.6, foot: 1.1, seed: 2 });
  builder.box(front, [-24.75, 26, 0], [24.75, 70, 9.4], plain(colour('#5e6a63'), 0.3));
  builder.box(stone, [-25.1, 25.7, 9.2], [25.1, 70.3, 9.9]);
  // The gable in the middle, with the great arch of the entrance.
  const sign = lettered(wall('brick', BRICK, 5), {
    text: 'MARKET HALL',
    u: 2.4,
    v: 10.6,
    height: 1.1,
    colour: colour('#e9dfc4'),
  });
  builder.quad(sign, [-8, 24.6, 0], [8, 24.6, 0], [8, 24.6, 12.6], [-8, 24.6, 12.6]);
  builder.triangle(
    wall('brick', BRICK, 6),
    [
      [-8, 24.6, 12.6],
      [8, 24.6, 12.6],
      [0, 24.6, 16.8],
    ],
    [0, 0, 16, 0, 8, 4.2],
  );
  const slate = plain(colour('#55605c'), 0.3);
  builder.quad(slate, [-8.6, 24, 12.3], [0, 24, 17], [0, 60, 17], [-8.6, 60, 12.3]);
  builder.quad(slate, [0, 24, 17], [8.6, 24, 12.3], [8.6, 60, 12.3], [0, 60, 17]);
  builder.quad(wall('brick', BRICK, 7), [-8, 27, 0], [-8, 24.6, 0], [-8, 24.6, 12.6], [-8, 27, 12.6]);
  builder.quad(wall('brick', BRICK, 8), [8, 24.6, 0], [8, 27, 0], [8, 27, 12.6], [8, 24.6, 12.6]);
  const arch = arcade({
    kind: 'stone',
    wall: colour('#c9bfa9'),
    bay: 10,
    opening: 8.4,
    spring: 4.6,
    foot: 3.4,
    lit: 0.35,
    seed: 4,
  });
  builder.quad(arch, [-5, 24.5, 0], [5, 24.5, 0], [5, 24.5, 9.6], [-5, 24.5, 9.6]);
  builder.box(dark, [-3.6, 24.3, 0], [3.6, 24.6, 3.2]);
  for (const x of [-3.7, -1.2, 1.2, 3.7]) builder.box(stone, [x - 0.15, 24.1, 0], [x + 0.15, 24.5, 3.3]);
  builder.box(plain(colour('#2f4037'), 0.1), [-4.6, 22.6, 3.3], [4.6, 24.6, 3.5]);
}

/** The entrance of a brick market hall under grey sky, stalls before it and a crowd. */
export function marketHallNorth(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(202);
  builder.floor(cobbles(colour('#6d6660'), colour('#a39a8e'), 4), -200, -60, 200, 300, 0);
  hall(builder);
  houseRow(builder, { x: 34, depth: 16, from: 10, to: 90, random, storeys: [3, 5] });
  houseRow(builder, { x: -33, depth: -16, from: 4, to: 90, random, storeys: [3, 4] });
  const cloths = ['#a8322b', '#2f6b4a', '#2c5687', '#b98224', '#7b2f5d'].map(colour);
  for (const [index, x] of [-20, -15.6, -11.2, 11, 15.4, 19.8].entries()) {
    stall(builder, x, 17.5 + (index % 2) * 0.8, Math.PI, cloths[index % 5] ?? BRICK);
    crates(builder, x - 0.7, 15.6, 4 + (index % 3));
  }
  for (const x of [-13, 9.5]) stall(builder, x, 8, Math.PI, cloths[x > 0 ? 1 : 3] ?? BRICK);
  for (const x of [-24, 24]) for (const y of [10, 18]) tree(builder, x, y, { height: 6.5, seed: x + y });
  for (const x of [-6, -3, 0, 3, 6]) bollard(builder, x, 4);
  lampPost(builder, { x: -7.5, y: 20, height: 5 });
  lampPost(builder, { x: 7.5, y: 20, height: 5 });
  bench(builder, 4.5, 9.5, 0.3);
  bin(builder, 6.2, 10);
  park(builder, { kind: 'van', x: 21.5, y: 8.6, yaw: 1.2, style: { paint: colour('#e9e9e6') } });
  const ways: Stop[][] = [
    [
      [0.5, 25],
      [0, 18],
      [-6, 4],
      [-9, -12],
    ],
    [
      [-1.5, 25],
      [2, 15],
      [9, 5],
      [16, -12],
    ],
    [
      [2, 25],
      [4, 14],
      [20, 13],
      [40, 12],
    ],
    [
      [-40, 13.5],
      [-14, 13.4],
      [8, 12.6],
      [40, 13],
    ],
    [
      [-2, 25],
      [-5, 15],
      [-17, 13],
      [-40, 9],
    ],
    [
      [-30, 5],
      [-6, 6],
      [10, 1],
      [24, -6],
    ],
  ];
  const shoppers: Mover[] = [-19, -15, -10.8, 11.4, 15.8, 19.4, -12.6, 9.2].map((x, index) =>
    stand(x, index < 6 ? 15 : 6.3, 0.2 - random() * 0.4, random),
  );
  return {
    mesh: builder.build(),
    lighting: overcast(),
    view: { position: [5.5, -9, 6.4], target: [-1.5, 19, 3.2], opening: 76, barrel: 0.1, tilt: -0.8 },
    tone: { exposure: 1.05, warmth: 1, contrast: 1.2, saturation: 0.95 },
    grain: 1.2,
    movers: [...walkers(ways, random), ...shoppers],
  };
}
