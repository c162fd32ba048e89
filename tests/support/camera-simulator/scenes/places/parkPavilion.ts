import type { Mover } from '../movers/Mover.ts';
import { stand, walk } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { bench, bin, lampPost } from '../parts/furniture.ts';
import { grass, gravel, plain } from '../parts/ground.ts';
import { bush, tree, LEAF_AUTUMN, LEAF_DARK } from '../parts/plants.ts';
import { above, colour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import type { Point } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { walkers } from './helpers.ts';
import { goldenHour, sunAt } from './lights.ts';

const POND: readonly [x: number, y: number, rx: number, ry: number] = [-17, 27, 12, 7];

/** Lawn with paths that bend through it, and the pond's shore. */
function lawn(): Material {
  const green = grass(8);
  const sand = gravel(colour('#c2ae8a'), 3);
  const before = { red: 0, green: 0, blue: 0 };
  return (at, look) => {
    green(at, look);
    const { x, y, width } = at;
    const first = Math.abs(x - 9 * Math.sin(y * 0.075) - 1) - 1.5;
    const second = Math.abs(y - 15 - 2.4 * Math.sin(x * 0.14)) - 1.2;
    const round = Math.abs(Math.hypot(x - 6, y - 26) - 7.6) - 1.1;
    const isPath = 1 - above(Math.min(first, second, round), 0, 0.25 + width);
    if (isPath === 0) return;
    before.red = look.red;
    before.green = look.green;
    before.blue = look.blue;
    sand(at, look);
    look.red = before.red + (look.red - before.red) * isPath;
    look.green = before.green + (look.green - before.green) * isPath;
    look.blue = before.blue + (look.blue - before.blue) * isPath;
  };
}

const water: Material = (_at, look) => {
  setColour(look, colour('#39504a'));
  look.mirror = 0.2;
};

function pavilion(builder: MeshBuilder, x: number, y: number): void {
  const white = plain(colour('#e9e4d6'), 0.1);
  const copper = plain(colour('#6f9484'), 0.25, 0.02);
  const at = (side: number, radius: number, z: number): Point => [
    x + radius * Math.cos((side * Math.PI) / 4 + 0.2),
    y + radius * Math.sin((side * Math.PI) / 4 + 0.2),
    z,
  ];
  builder.pole(plain(colour('#b9b09c'), 0.2), x, y, 0, 0.6, 5.2);
  for (let side = 0; side < 8; side += 1) {
    const [px, py] = at(side, 4.4, 0);
    builder.pole(white, px, py, 0.6, 4, 0.17);
    builder.beam(white, at(side, 4.4, 4), at(side + 1, 4.4, 4), 0.3);
    if (side !== 5) {
      builder.beam(white, at(side, 4.4, 1.5), at(side + 1, 4.4, 1.5), 0.09);
      for (let bar = 1; bar < 6; bar += 1) {
        const part = bar / 6;
        const [[ax, ay], [bx, by]] = [at(side, 4.4, 0), at(side + 1, 4.4, 0)];
        builder.beam(
          white,
          [ax + (bx - ax) * part, ay + (by - ay) * part, 0.6],
          [ax + (bx - ax) * part, ay + (by - ay) * part, 1.5],
          0.05,
        );
      }
    }
    builder.quad(copper, at(side, 5.3, 3.9), at(side + 1, 5.3, 3.9), at(side + 1, 1.3, 5.9), at(side, 1.3, 5.9));
    builder.quad(white, at(side, 1.2, 5.9), at(side + 1, 1.2, 5.9), at(side + 1, 1.2, 6.5), at(side, 1.2, 6.5));
    builder.triangle(copper, [at(side, 1.6, 6.5), at(side + 1, 1.6, 6.5), [x, y, 7.7]]);
  }
  builder.pole(copper, x, y, 7.6, 8.6, 0.06);
}

/** A park in the evening sun: pavilion, pond, joggers, long shadows. */
export function parkPavilion(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1515);
  builder.floor(lawn(), -300, -80, 300, 300, 0);
  const [px, py, rx, ry] = POND;
  for (let side = 0; side < 40; side += 1) {
    const at = (step: number): Point => [
      px + rx * Math.cos((step * Math.PI) / 20),
      py + ry * Math.sin((step * Math.PI) / 20),
      0.02,
    ];
    builder.triangle(water, [[px, py, 0.02], at(side), at(side + 1)]);
    const [sx, sy] = at(side);
    if (side % 2 === 0)
      builder.pole(plain(colour('#8d877b'), 0.4), sx, sy, 0, 0.22 + random() * 0.2, 0.4 + random() * 0.3, 0.25);
  }
  pavilion(builder, 6, 26);
  const leaf = ['#5b7a33', '#6d8a3a', '#4d6a2e'].map(colour);
  const spots: readonly (readonly [number, number])[] = [
    [-9, 9],
    [-22, 12],
    [-30, 20],
    [17, 9],
    [24, 18],
    [20, 33],
    [-3, 40],
    [-14, 42],
    [-26, 40],
    [12, 44],
    [30, 44],
    [-40, 34],
    [38, 28],
    [2, 52],
    [-34, 56],
    [22, 58],
    [44, 50],
  ];
  for (const [index, [x, y]] of spots.entries()) {
    tree(builder, x, y, {
      height: 8 + random() * 6,
      leaf: index % 5 === 3 ? LEAF_AUTUMN : (leaf[index % 3] ?? LEAF_DARK),
      leafCount: 1300,
    });
  }
  for (let wood = 0; wood < 26; wood += 1)
    tree(builder, -90 + wood * 7.4, 74 + random() * 26, { height: 12 + random() * 7, leaf: LEAF_DARK, leafCount: 420 });
  for (const [x, y] of [
    [-6, 20.6],
    [-29, 30],
    [12.6, 19.6],
    [14.8, 30],
    [-6.6, 32],
  ] as const)
    bush(builder, x, y, 1.4);
  for (const [x, y, yaw] of [
    [-6.5, 17.4, 2.8],
    [-2.6, 23, 1.4],
    [4.4, 9, -1.4],
    [-12, 17.6, 3.1],
  ] as const)
    bench(builder, x, y, yaw);
  bin(builder, 5.4, 11.4);
  for (const [x, y] of [
    [-1.6, 12],
    [8.6, 17.2],
    [-11.4, 18],
  ] as const)
    lampPost(builder, { x, y, height: 4.2 });
  const curve = (y: number): number => 9 * Math.sin(y * 0.075) + 1;
  const main: Stop[] = Array.from({ length: 16 }, (_, index): Stop => [curve(-14 + index * 5), -14 + index * 5]);
  const across: Stop[] = Array.from({ length: 15 }, (_, index): Stop => [
    -42 + index * 6,
    15 + 2.4 * Math.sin((-42 + index * 6) * 0.14),
  ]);
  const ring: Stop[] = Array.from({ length: 14 }, (_, index): Stop => [
    6 + 7.6 * Math.cos(index * 0.46 - 1.9),
    26 + 7.6 * Math.sin(index * 0.46 - 1.9),
  ]);
  const standing: Mover[] = [
    [-5.4, 18.4],
    [4.2, 25],
    [7.4, 27.4],
    [6.8, 24.6],
    [-9.4, 18.9],
    [16, 13],
    [17.4, 13.8],
  ].map(([x, y]) => stand(x ?? 0, y ?? 0, random() * 6.28, random, { z: 0.7 }));
  return {
    mesh: builder.build(),
    lighting: goldenHour(sunAt(-98, 20)),
    view: { position: [-5.6, -10.4, 6.2], target: [0.6, 20, 0.9], opening: 74, barrel: 0.08, tilt: -0.5 },
    tone: { exposure: 1.1, warmth: 0.99 },
    grain: 1.3,
    waterLevel: 0.02,
    movers: [
      ...walkers([main, across], random),
      ...walk({ path: ring, random, speed: 1.2 }),
      ...walk({ path: main.map(([x, y]): Stop => [x - 0.8, y]), random, speed: 2.9, top: colour('#e0562a') }),
      ...walk({ path: across.toReversed(), random, speed: 2.7, top: colour('#2a9bd0') }),
      ...standing,
    ],
  };
}
