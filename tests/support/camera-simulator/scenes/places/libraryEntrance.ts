import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { curtainWall, wall } from '../parts/facade.ts';
import { bench, bin, lampPost } from '../parts/furniture.ts';
import { grass, plain, shining, slabs } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { bush, tree, LEAF_AUTUMN } from '../parts/plants.ts';
import { colour } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import type { Point } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { houseRow, walkers } from './helpers.ts';
import { overcast } from './lights.ts';

/** A bicycle from the side: two rings of short beams and a frame. */
function bicycle(builder: MeshBuilder, x: number, y: number, paint: string): void {
  const tyre = plain(colour('#1b1b1c'), 0.1);
  const frame = plain(colour(paint), 0.1, 0.03);
  for (const wheel of [-0.52, 0.52]) {
    const at = (step: number): Point => [
      x,
      y + wheel + 0.34 * Math.cos((step * Math.PI) / 5),
      0.36 + 0.34 * Math.sin((step * Math.PI) / 5),
    ];
    for (let step = 0; step < 10; step += 1) builder.beam(tyre, at(step), at(step + 1), 0.045);
  }
  const [rear, front, seat, bars]: Point[] = [
    [x, y - 0.52, 0.36],
    [x, y + 0.52, 0.36],
    [x, y - 0.2, 0.92],
    [x, y + 0.4, 1],
  ];
  if (rear === undefined || front === undefined || seat === undefined || bars === undefined) return;
  for (const [from, to] of [
    [rear, seat],
    [seat, bars],
    [bars, front],
    [rear, [x, y, 0.36]],
    [[x, y, 0.36], bars],
  ] as const)
    builder.beam(frame, from, to, 0.045);
  builder.beam(tyre, [x - 0.22, y + 0.4, 1.05], [x + 0.22, y + 0.4, 1.05], 0.04);
}

/** A modern library of glass and wood on a grey day in autumn. */
export function libraryEntrance(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1313);
  builder.floor(slabs(1, colour('#b4b0a8'), 12), -200, -60, 200, 200, 0);
  const glass = curtainWall({ tint: colour('#4b6168'), lit: 0.12, seed: 3, storey: 4.2, pane: 1.7 });
  const wood = wall('metal', colour('#a57a4c'), 5);
  const stone = wall('concrete', colour('#c6c2b9'), 6);
  const roof = plain(colour('#8d918f'), 0.2);
  builder.box(glass, [-14, 20, 0], [16, 50, 12.6], roof);
  builder.box(stone, [-30, 17, 0], [-14, 48, 9], roof);
  builder.box(wood, [16, 15, 3.8], [34, 46, 13.6], roof);
  builder.box(glass, [17, 18, 0], [33, 44, 3.8], roof);
  builder.box(stone, [-14.6, 19.2, 12.4], [16.6, 50, 13.2], roof);
  // A canopy on thin columns.
  builder.box(wood, [-8, 10.5, 4], [9, 20, 4.35]);
  for (const x of [-7.2, 0.5, 8.2]) builder.pole(plain(colour('#d9dad6'), 0.05, 0.04), x, 11.2, 0, 4, 0.1);
  for (const x of [-5, 0, 5]) builder.box(shining(colour('#fff0d6'), 1.6), [x - 0.3, 14, 3.96], [x + 0.9, 14.3, 4.01]);
  builder.box(plain(colour('#1d2326'), 0.05, 0.16), [-2.6, 19.9, 0], [3.4, 20.05, 3.2]);
  const sign = lettered(stone, { text: 'PUBLIC LIBRARY', u: 1.4, v: 6.6, height: 1, colour: colour('#23343c') });
  builder.quad(sign, [-30, 16.95, 0], [-14, 16.95, 0], [-14, 16.95, 9], [-30, 16.95, 9]);
  for (const [x0, y0, x1, y1] of [
    [-26, 4, -12, 14],
    [13, 2, 24, 11],
  ] as const) {
    builder.box(plain(colour('#9d9a93'), 0.2), [x0, y0, 0], [x1, y1, 0.42], grass(x1));
    for (const part of [0.25, 0.75])
      tree(builder, x0 + (x1 - x0) * part, (y0 + y1) / 2, {
        height: 7.5 + random() * 1.5,
        leaf: part < 0.5 ? LEAF_AUTUMN : colour('#8f9a3c'),
      });
    for (let x = x0 + 1; x < x1; x += 2.2) bush(builder, x, y0 + 1.2, 0.8);
  }
  const paints = ['#b3261c', '#2d4f86', '#3a3d40', '#d8b21f', '#3f7f5a', '#8f9499'];
  for (let bike = 0; bike < 11; bike += 1)
    if (bike % 5 !== 3) bicycle(builder, 9.8 + bike * 0.55, 14 + (random() - 0.5) * 0.2, paints[bike % 6] ?? '#3a3d40');
  for (let rack = 0; rack < 6; rack += 1)
    builder.beam(
      plain(colour('#8d9296'), 0.05, 0.05),
      [9.8 + rack * 1.1, 14.6, 0],
      [9.8 + rack * 1.1, 14.6, 0.8],
      0.06,
    );
  bench(builder, -10, 8, 1.4);
  bench(builder, 11.4, 7, -1.5);
  bin(builder, -8.4, 12.4);
  for (const [x, y] of [
    [-10.6, 3],
    [11, 1],
  ] as const)
    lampPost(builder, { x, y, height: 4.4 });
  houseRow(builder, { x: -48, depth: -14, from: -10, to: 80, random });
  const ways: Stop[][] = [
    [
      [0.2, 22],
      [0.2, 15],
      [-5, 4],
      [-9, -12],
    ],
    [
      [1, 22],
      [1.4, 13],
      [6, 3],
      [9, -12],
    ],
    [
      [-0.6, 22],
      [-2, 12],
      [-12, 2.6],
      [-40, 1],
    ],
    [
      [-40, -1.6],
      [-6, 1.6],
      [10, -0.6],
      [40, -1],
    ],
    [
      [2, 22],
      [4, 12],
      [14, 12.6],
      [40, 12.2],
    ],
  ];
  const standing: Mover[] = [
    [-5.4, 13],
    [-4.6, 13.5],
    [6.8, 9.4],
    [11.8, 12.6],
    [-9, 9],
    [7.6, 8.9],
  ].map(([x, y]) => stand(x ?? 0, y ?? 0, random() * 6.28, random));
  return {
    mesh: builder.build(),
    lighting: { ...overcast(), haze: { colour: [0.66, 0.69, 0.71], reach: 900 } },
    view: { position: [6.8, -8.4, 5.6], target: [-1.4, 15, 2.6], opening: 78, barrel: 0.1, tilt: 0.6 },
    tone: { exposure: 0.92, warmth: 1, contrast: 1.25 },
    grain: 1.2,
    movers: [...walkers(ways, random), ...standing],
  };
}
