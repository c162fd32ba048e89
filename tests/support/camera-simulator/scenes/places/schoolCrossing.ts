import type { Mover } from '../movers/Mover.ts';
import { drive, stand, walk } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { building } from '../parts/building.ts';
import { hydrant, lampPost, railing, roadSign } from '../parts/furniture.ts';
import { asphalt, grass, line, plain, slabs, zebra, YELLOW_PAINT } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { bush, tree, LEAF_AUTUMN } from '../parts/plants.ts';
import { wall } from '../parts/facade.ts';
import { colour } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { park, parkedRow, pickPaint } from './helpers.ts';
import { sunAt, sunnyDay } from './lights.ts';

const KERB = 0.14;
const HI_VIS = colour('#e2e62d');

/** A small house with a pitched roof, its front towards -x. */
function cottage(builder: MeshBuilder, x: number, y: number, paint: string): void {
  const front = wall('plaster', colour(paint), Math.round(y));
  const slate = plain(colour('#6b5a52'), 0.35);
  builder.box(front, [x, y, 0], [x + 9, y + 8, 4.6]);
  builder.triangle(front, [
    [x, y, 4.6],
    [x + 9, y, 4.6],
    [x + 4.5, y, 7.6],
  ]);
  builder.quad(
    slate,
    [x - 0.5, y - 0.4, 4.35],
    [x - 0.5, y + 8.4, 4.35],
    [x + 4.5, y + 8.4, 7.7],
    [x + 4.5, y - 0.4, 7.7],
  );
  builder.quad(
    slate,
    [x + 9.5, y + 8.4, 4.35],
    [x + 9.5, y - 0.4, 4.35],
    [x + 4.5, y - 0.4, 7.7],
    [x + 4.5, y + 8.4, 7.7],
  );
  const glass = plain(colour('#2b343a'), 0.1, 0.2);
  const trim = plain(colour('#f0ede4'), 0.05);
  for (const along of [1.2, 5.4]) {
    builder.box(trim, [x - 0.06, y + along - 0.1, 1.2], [x, y + along + 1.5, 3]);
    builder.box(glass, [x - 0.1, y + along, 1.3], [x - 0.04, y + along + 1.4, 2.9]);
  }
  builder.box(plain(colour('#7a2f2a'), 0.1), [x - 0.08, y + 3.6, 0], [x, y + 4.6, 2.2]);
}

/** A street before a school in the morning: children on the crossing, a guard, cars that wait. */
export function schoolCrossing(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(909);
  const markings = [
    zebra(-4.5, 8, 4.5, 11.4, 'y'),
    line(0, -40, 0, 7, { colour: YELLOW_PAINT }),
    line(0, 12.4, 0, 160, { colour: YELLOW_PAINT }),
    line(-4.4, 12.6, 0, 12.6, { width: 0.4 }),
    line(0, 6.8, 4.4, 6.8, { width: 0.4 }),
  ];
  builder.floor(asphalt({ seed: 51, markings }), -200, -80, 200, 400, 0);
  const kerb = plain(colour('#bab7ae'), 0.2);
  const pavement = slabs(1.4, colour('#b8b2a6'), 6);
  builder.box(kerb, [-8, -80, 0], [-4.5, 300, KERB], pavement);
  builder.box(kerb, [4.5, -80, 0], [7.5, 300, KERB], pavement);
  builder.box(grass(4), [7.5, -80, 0], [90, 300, 0.1]);
  builder.box(grass(7), [-90, -80, 0], [-8, 300, 0.1]);
  // The school behind its fence.
  building(builder, { x0: -40, y0: 18, x1: -17, y1: 66 }, 10.5, {
    wall: colour('#a8614a'),
    kind: 'brick',
    seed: 21,
    windowWidth: 0.72,
    windowHeight: 0.5,
    bay: 3.4,
    frame: colour('#e9e6dc'),
  });
  const name = lettered(wall('brick', colour('#a8614a'), 22), {
    text: 'LAKEPORT ELEMENTARY',
    u: 0.8,
    v: 5.2,
    height: 0.85,
    colour: colour('#efe8d6'),
  });
  builder.quad(name, [-16.9, 54, 0], [-16.9, 36, 0], [-16.9, 36, 7], [-16.9, 54, 7]);
  builder.box(plain(colour('#2a3a46'), 0.1, 0.1), [-16.95, 43, 0], [-16.8, 47, 3]);
  builder.box(plain(colour('#efe8d6'), 0.1), [-17, 42, 3.1], [-14.6, 48, 3.4]);
  builder.box(pavement, [-17, 44, 0], [-8, 46.4, 0.12]);
  const fence = plain(colour('#3f5447'), 0.1);
  railing(builder, -8.4, -20, -8.4, 42, 0.1, fence);
  railing(builder, -8.4, 48, -8.4, 120, 0.1, fence);
  for (const [index, y] of [-2, 13, 27, 41, 55, 69].entries()) {
    cottage(builder, 15, y, ['#d8cfb6', '#b7c2c0', '#d9c4a0', '#c9b8b0', '#cfd4c4', '#d4b798'][index] ?? '#d8cfb6');
    if (index > 0)
      tree(builder, 10.2, y + 4, { height: 6 + random() * 2, leaf: index % 3 === 1 ? LEAF_AUTUMN : colour('#66803a') });
    bush(builder, 13.6, y + 0.6, 1);
    bush(builder, 13.6, y + 6.8, 1.1);
  }
  for (const y of [4, 22, 34, 62, 80])
    tree(builder, -12, y, { height: 8, leaf: y === 34 ? LEAF_AUTUMN : colour('#5b7a33') });
  parkedRow(builder, { x: 3.4, from: 16, to: 60, yaw: 0, random });
  park(builder, {
    kind: 'bus',
    x: -3,
    y: 36,
    yaw: Math.PI,
    style: { paint: colour('#e0a21b'), second: colour('#1d1d1d') },
  });
  park(builder, { kind: 'suv', x: -2.1, y: 16, yaw: Math.PI, style: { paint: pickPaint(random) } });
  park(builder, { kind: 'hatchback', x: 2, y: 3.6, yaw: 0, style: { paint: colour('#2d4f86') } });
  roadSign(builder, 5, 12.2, 0, colour('#d9e021'), colour('#1c1c1c'));
  roadSign(builder, -5, 6.8, Math.PI, colour('#d9e021'), colour('#1c1c1c'));
  hydrant(builder, 5.2, 5.4);
  lampPost(builder, { x: 5.2, y: 24, arm: Math.PI });
  lampPost(builder, { x: -7.6, y: 14, arm: 0 });
  const ways: Stop[][] = [
    [
      [20, -6],
      [6.4, 2],
      [5.6, 9],
      [-5.8, 9.8],
      [-7, 40],
      [-13, 45.2],
    ],
    [
      [6.4, 60],
      [6.2, 14],
      [4.6, 9.4],
      [-6, 10.4],
      [-7.2, 42],
      [-13, 45],
    ],
    [
      [6.6, -30],
      [6, 8],
      [-6, 8.8],
      [-6.6, 43],
      [-13, 45.6],
    ],
    [
      [-6.4, -30],
      [-6.2, 20],
      [-7, 42],
      [-13, 45.4],
    ],
  ];
  const pupils: Mover[] = ways.flatMap((path) => [
    ...walk({ path, random, size: 0.72 }),
    ...walk({ path: path.map(([x, y]): Stop => [x + 0.6, y - 0.7]), random, size: 0.68 }),
  ]);
  return {
    mesh: builder.build(),
    lighting: sunnyDay(sunAt(128, 34)),
    view: { position: [7.2, -7.6, 6.2], target: [-2.4, 14, 0.6], opening: 74, barrel: 0.08, tilt: -0.7 },
    tone: { exposure: 0.68, warmth: 1.03 },
    grain: 1.2,
    movers: [
      ...pupils,
      ...walk({
        path: [
          [6.2, 40],
          [6, 12],
          [-6, 9.4],
          [-7, 44],
          [-13, 45],
        ],
        random,
      }),
      stand(0.4, 12.1, 2.9, random, { top: HI_VIS }),
      stand(-5.6, 12.6, -1.2, random),
      stand(-6.4, 12.9, 1.4, random, { size: 0.7 }),
      ...drive({
        kind: 'sedan',
        style: { paint: colour('#8f9499') },
        path: [
          [120, 90],
          [12, 89],
          [-90, 90],
        ],
        speed: 9,
        start: 2,
      }),
    ],
  };
}
