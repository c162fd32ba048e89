import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { bench, bin, lampPost } from '../parts/furniture.ts';
import { cobbles, grass, plain } from '../parts/ground.ts';
import { hedge, tree } from '../parts/plants.ts';
import { sunshade } from '../parts/stalls.ts';
import { somebody } from '../parts/people.ts';
import { colour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { placeModel, scaled } from '../render/Model.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { houseRow, walkers } from './helpers.ts';
import { building } from '../parts/building.ts';
import { goldenHour, sunAt } from './lights.ts';

const basin: Material = (_at, look) => {
  setColour(look, colour('#4c7f86'));
  look.mirror = 0.2;
};

function fountain(builder: MeshBuilder, x: number, y: number, random: () => number): void {
  const stone = plain(colour('#c9c0ad'), 0.25);
  builder.pole(stone, x, y, 0, 0.55, 5.2);
  builder.pole(basin, x, y, 0.55, 0.58, 4.8);
  builder.pole(stone, x, y, 0.5, 2.2, 0.7, 0.5);
  builder.pole(stone, x, y, 2.2, 2.5, 0.6, 1.7);
  builder.pole(stone, x, y, 2.5, 4.6, 0.65, 0.5);
  // A bronze figure on top.
  const bronze = { colour: colour('#4f6a58'), mirror: 0.03 };
  const figure = somebody(random).poses.get(9)?.at(-1);
  if (figure === undefined) return;
  const palette = { skin: bronze, hair: bronze, top: bronze, legs: bronze, shoes: bronze, bag: bronze };
  placeModel(builder, scaled(figure, 1.5), palette, { x, y, z: 4.6, yaw: 2.4 });
}

/** A square with a fountain, cafés and trees in the low sun of an afternoon. */
export function unionSquare(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(606);
  builder.floor(cobbles(colour('#8a7d70'), colour('#c2b6a3'), 9), -200, -60, 200, 300, 0);
  fountain(builder, 0, 24, random);
  for (const [x0, y0, x1, y1] of [
    [-22, 12, -11, 36],
    [11, 12, 22, 36],
  ] as const) {
    builder.box(plain(colour('#b3a994'), 0.2), [x0 - 0.4, y0 - 0.4, 0], [x1 + 0.4, y1 + 0.4, 0.3], grass(3));
    hedge(builder, x0, y0, x1, y0 + 0.7, 0.75);
    hedge(builder, x0, y1 - 0.7, x1, y1, 0.75);
    for (const part of [0.2, 0.5, 0.82])
      tree(builder, (x0 + x1) / 2 + (random() - 0.5) * 4, y0 + (y1 - y0) * part, { height: 8 + random() * 2.5 });
  }
  houseRow(builder, { x: -34, depth: -16, from: -6, to: 90, random, storeys: [4, 6] });
  houseRow(builder, { x: 34, depth: 16, from: -6, to: 90, random, storeys: [4, 6] });
  building(builder, { x0: -30, y0: 58, x1: -4, y1: 76 }, 21, {
    wall: colour('#d3c6a6'),
    kind: 'plaster',
    shopHeight: 4.4,
    sign: colour('#7a2f2a'),
    seed: 3,
  });
  building(builder, { x0: -2, y0: 58, x1: 16, y1: 76 }, 25, {
    wall: colour('#b86f52'),
    kind: 'brick',
    shopHeight: 4.4,
    sign: colour('#27364d'),
    seed: 6,
  });
  building(builder, { x0: 18, y0: 58, x1: 32, y1: 76 }, 18, {
    wall: colour('#cfd0c8'),
    kind: 'stone',
    shopHeight: 4.4,
    seed: 7,
  });
  const cloth = ['#c8c0ae', '#9c3328', '#2f5d50'].map(colour);
  for (const [index, [x, y]] of (
    [
      [-27, 44],
      [-23, 46],
      [-18.5, 44.4],
      [26, 8],
      [28.5, 12],
      [25.4, 15.6],
    ] as const
  ).entries()) {
    sunshade(builder, x, y, cloth[index < 3 ? 0 : 1] ?? [0.7, 0.7, 0.6]);
  }
  for (const [x, y, yaw] of [
    [-7.6, 17, 0.9],
    [7.6, 17, -0.9],
    [-7.4, 31, 2.3],
    [7.4, 31, -2.3],
    [-9.6, 24, 1.57],
  ] as const)
    bench(builder, x, y, yaw);
  bin(builder, 8.8, 19.4);
  for (const [x, y] of [
    [-9.5, 9],
    [9.5, 9],
    [-9.5, 40],
    [9.5, 40],
  ] as const)
    lampPost(builder, { x, y, height: 4.6 });
  const ways: Stop[][] = [
    [
      [-30, 2],
      [-8, 10],
      [6, 14],
      [9, 40],
      [20, 57],
    ],
    [
      [30, 4],
      [9, 9],
      [-7, 15],
      [-9, 40],
      [-14, 57],
    ],
    [
      [-34, 44],
      [-6, 42],
      [10, 44],
      [34, 40],
    ],
    [
      [-6, -14],
      [-8, 12],
      [-9.5, 34],
      [-2, 57],
    ],
    [
      [10, -14],
      [8.5, 12],
      [8.6, 34],
      [3, 57],
    ],
    [
      [-34, 6],
      [0, 6],
      [34, 8],
    ],
  ];
  const standing: Mover[] = [
    [-3, 15.5],
    [-2.1, 15.9],
    [4.6, 17.2],
    [-25, 43.2],
    [-20.4, 43],
    [23.8, 10.2],
    [12, 8.4],
    [12.8, 9],
  ].map(([x, y]) => stand(x ?? 0, y ?? 0, random() * 6.28, random));
  return {
    mesh: builder.build(),
    lighting: goldenHour(sunAt(-152, 33)),
    view: { position: [-13, -14, 12.4], target: [-0.6, 20, 0.8], opening: 72, barrel: 0.08, tilt: 0.5 },
    tone: { exposure: 0.78, warmth: 0.95 },
    grain: 1.2,
    movers: [...walkers(ways, random), ...standing],
  };
}
