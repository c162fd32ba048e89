import type { Mover } from '../movers/Mover.ts';
import { drive, stand, walk } from '../movers/movers.ts';
import { slats, stripes, wall } from '../parts/facade.ts';
import { dumpster, trafficCone } from '../parts/furniture.ts';
import { asphalt, line, plain, shining, YELLOW_PAINT } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { crates } from '../parts/stalls.ts';
import { colour } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { park } from './helpers.ts';
import { overcast } from './lights.ts';

const HI_VIS = colour('#d7e02a');
const BUFFER = plain(colour('#1d1d1e'), 0.1);
const HAZARD = stripes(colour('#d8b21f'), colour('#1c1c1c'), 0.25);
const WALL_Y = 22;

/** A gate of the warehouse at dock height, with its number, buffers and a lamp; `isOpen` shows the lit inside. */
function gate(builder: MeshBuilder, x: number, number: number, isOpen: boolean): Lamp[] {
  const door = isOpen ? shining(colour('#fff0d2'), 0.55) : slats(colour('#c9cdd0'), 0.45);
  builder.box(BUFFER, [x - 1.9, WALL_Y - 0.5, 1.1], [x - 1.5, WALL_Y, 4.6]);
  builder.box(BUFFER, [x + 1.5, WALL_Y - 0.5, 1.1], [x + 1.9, WALL_Y, 4.6]);
  builder.box(BUFFER, [x - 1.9, WALL_Y - 0.5, 4.2], [x + 1.9, WALL_Y, 4.8]);
  builder.quad(
    door,
    [x - 1.5, WALL_Y - 0.06, 1.2],
    [x + 1.5, WALL_Y - 0.06, 1.2],
    [x + 1.5, WALL_Y - 0.06, 4.2],
    [x - 1.5, WALL_Y - 0.06, 4.2],
  );
  builder.box(HAZARD, [x - 1.9, WALL_Y - 0.35, 0.5], [x + 1.9, WALL_Y, 1.1]);
  const plate = lettered(plain(colour('#1f4e8c'), 0), {
    text: String(number),
    u: number > 9 ? 0.12 : 0.32,
    v: 0.2,
    height: 0.65,
    colour: colour('#f2f2ee'),
  });
  builder.quad(
    plate,
    [x - 0.55, WALL_Y - 0.08, 5.1],
    [x + 0.55, WALL_Y - 0.08, 5.1],
    [x + 0.55, WALL_Y - 0.08, 6.15],
    [x - 0.55, WALL_Y - 0.08, 6.15],
  );
  builder.box(shining(colour('#fff3dc'), 4), [x + 0.9, WALL_Y - 0.5, 5.5], [x + 1.3, WALL_Y, 5.65]);
  return [{ at: [x + 1.1, WALL_Y - 0.9, 5.4], colour: colour('#fff0d6'), strength: 5, cone: 80 }];
}

/** The yard of a warehouse on a wet day: trailers at the gates, one truck backing, people in hi-vis. */
export function loadingDock2(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(707);
  const bays = [-15, -9, -3, 3, 9, 15, 21];
  const markings = [
    ...bays.map((x) => line(x + 3, 4, x + 3, WALL_Y, { colour: YELLOW_PAINT, width: 0.14 })),
    line(-30, 3.8, 30, 3.8, { colour: YELLOW_PAINT, width: 0.14 }),
    line(-60, -8, 60, -8, { dash: 2, gap: 2 }),
  ];
  builder.floor(asphalt({ seed: 41, markings, wetness: 0.55, colour: colour('#7a7874') }), -200, -60, 200, 200, 0);
  const panel = wall('metal', colour('#8f9ba3'), 3);
  builder.box(panel, [-40, WALL_Y, 1.1], [60, 80, 10.5], plain(colour('#6c7378'), 0.2));
  builder.box(wall('concrete', colour('#a39f96'), 4), [-40, WALL_Y + 0.02, 0], [60, 80, 1.1]);
  builder.box(plain(colour('#1f4e8c'), 0.05), [-40.1, WALL_Y - 0.1, 9.4], [60.1, 80, 10.7]);
  const name = lettered(plain(colour('#1f4e8c'), 0.05), {
    text: 'LAKEPORT LOGISTICS',
    u: 2,
    v: 0.28,
    height: 0.75,
    colour: colour('#f2f2ee'),
  });
  builder.quad(
    name,
    [-11, WALL_Y - 0.12, 9.4],
    [9, WALL_Y - 0.12, 9.4],
    [9, WALL_Y - 0.12, 10.7],
    [-11, WALL_Y - 0.12, 10.7],
  );
  builder.box(plain(colour('#4c5257'), 0.1), [-26, WALL_Y - 2.2, 7], [28, WALL_Y, 7.2]);
  const lamps = bays.flatMap((x, index) => gate(builder, x, index + 1, index === 1 || index === 4));
  for (const [x, paint] of [
    [-15, '#b9bdc0'],
    [-3, '#27548a'],
    [15, '#a3281f'],
  ] as const) {
    park(builder, {
      kind: 'truck',
      x,
      y: WALL_Y - 5.6,
      yaw: Math.PI,
      style: { paint: colour(paint), second: colour(paint === '#b9bdc0' ? '#e4e5e3' : '#d7d9da') },
    });
  }
  park(builder, { kind: 'van', x: 22.5, y: 10, yaw: 2.8, style: { paint: colour('#e9e9e6') } });
  dumpster(builder, -22, 18.5, 0.1, colour('#2f5d46'));
  dumpster(builder, -25, 18, -0.06, colour('#2f5d46'));
  for (const [x, y] of [
    [-8, 2],
    [-6.4, 2.4],
    [7.4, 3],
    [12.4, 2.2],
  ] as const)
    trafficCone(builder, x, y);
  for (const [x, y] of [
    [5.4, 17],
    [5.9, 18.6],
    [7.4, 17.4],
    [-12, 18.6],
    [-11.4, 17.2],
  ] as const)
    crates(builder, x, y, 9);
  const workers: Mover[] = [
    ...walk({
      path: [
        [8.6, 19],
        [6, 9],
        [-6, 5],
        [-11, 18],
      ],
      random,
      top: HI_VIS,
      speed: 1.2,
    }),
    ...walk({
      path: [
        [26, 3],
        [10, 1],
        [-8, 0],
        [-34, 2],
      ],
      random,
      top: HI_VIS,
    }),
    ...walk({
      path: [
        [-30, 15],
        [-20, 12],
        [-9.4, 16.5],
      ],
      random,
      top: colour('#e0672a'),
    }),
    stand(6.8, 15.8, 0.5, random, { top: HI_VIS }),
    stand(4.6, 5.4, -2.4, random, { top: HI_VIS }),
    stand(5.5, 4.8, 1.2, random),
  ];
  return {
    mesh: builder.build(),
    lighting: overcast(lamps),
    view: { position: [-9.5, -9, 7.6], target: [2.2, 13, 1.6], opening: 78, barrel: 0.1, tilt: -0.6 },
    tone: { exposure: 0.95, warmth: 1, contrast: 1.2, saturation: 0.9 },
    grain: 1.6,
    movers: [
      ...workers,
      ...drive({
        kind: 'pickup',
        style: { paint: colour('#3c7a4c'), isLit: true },
        path: [
          [60, -2],
          [10, -1.4],
          [-50, -2.4],
        ],
        speed: 7.4,
        start: 3,
      }),
      ...drive({
        kind: 'van',
        style: { paint: colour('#e3e3df') },
        path: [
          [-50, -5],
          [6, -5],
          [60, -4.4],
        ],
        speed: 8,
        start: 7,
      }),
    ],
  };
}
