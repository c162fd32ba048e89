import { building } from '../parts/building.ts';
import { hydrant, lampPost, roadSign, trafficLight } from '../parts/furniture.ts';
import { arrow, asphalt, line, plain, slabs, zebra, YELLOW_PAINT } from '../parts/ground.ts';
import { tree } from '../parts/plants.ts';
import { colour } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import type { Mover } from '../movers/Mover.ts';
import { drive, stand, walk } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { CAR_PAINTS } from '../parts/vehicles.ts';
import type { VehicleStyle } from '../parts/vehicles.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { sunAt, sunnyDay } from './lights.ts';

const KERB = 0.14;

/** A large crossing by day, seen from a pole at its corner. */
export function harborAndThird(): Scene {
  const builder = new MeshBuilder();
  const road = asphalt({
    seed: 3,
    markings: [
      zebra(-7, -9.6, 7, -6.4, 'y'),
      zebra(-7, 6.4, 7, 9.6, 'y'),
      zebra(-10.6, -5, -7.6, 5, 'x'),
      zebra(7.6, -5, 10.6, 5, 'x'),
      line(-0.12, 10.4, -0.12, 140, { colour: YELLOW_PAINT, width: 0.12 }),
      line(0.12, 10.4, 0.12, 140, { colour: YELLOW_PAINT, width: 0.12 }),
      line(-0.12, -60, -0.12, -10.4, { colour: YELLOW_PAINT, width: 0.12 }),
      line(0.12, -60, 0.12, -10.4, { colour: YELLOW_PAINT, width: 0.12 }),
      line(-3.5, 10.4, -3.5, 140, { dash: 3, gap: 4 }),
      line(3.5, 10.4, 3.5, 140, { dash: 3, gap: 4 }),
      line(-90, 0, -11.4, 0, { colour: YELLOW_PAINT }),
      line(11.4, 0, 90, 0, { colour: YELLOW_PAINT }),
      line(-7, 10.3, 0, 10.3, { width: 0.4 }),
      line(0, -10.3, 7, -10.3, { width: 0.4 }),
      line(-11.3, -5, -11.3, 0, { width: 0.4 }),
      line(11.3, 0, 11.3, 5, { width: 0.4 }),
      arrow(-1.8, 16, Math.PI),
      arrow(-5.2, 16, Math.PI),
    ],
  });
  builder.floor(road, -400, -100, 400, 600, 0);
  const pavement = slabs(1.5, colour('#b3ada2'));
  const kerb = plain(colour('#b9b6ae'), 0.2);
  for (const [x0, x1] of [
    [-60, -7],
    [7, 60],
  ] as const) {
    for (const [y0, y1] of [
      [-60, -5],
      [5, 200],
    ] as const) {
      builder.box(kerb, [x0, y0, 0], [x1, y1, KERB], pavement);
    }
  }
  building(builder, { x0: -32, y0: 11, x1: -12, y1: 34 }, 17, {
    wall: colour('#9a5a45'),
    kind: 'brick',
    shopHeight: 4.2,
    sign: colour('#2d4a3e'),
    seed: 3,
    frame: colour('#e6e1d6'),
  });
  building(builder, { x0: -30, y0: 36, x1: -12, y1: 70 }, 23, {
    wall: colour('#cfc2a8'),
    kind: 'plaster',
    shopHeight: 4,
    sign: colour('#7a2f2a'),
    seed: 8,
    bay: 3.2,
  });
  building(builder, { x0: 12, y0: 11, x1: 34, y1: 40 }, 26, {
    wall: colour('#b8b4aa'),
    kind: 'stone',
    shopHeight: 4.6,
    sign: colour('#27364d'),
    seed: 5,
    windowHeight: 0.6,
  });
  building(builder, { x0: 12, y0: 42, x1: 36, y1: 90 }, 14, {
    wall: colour('#8d6b56'),
    kind: 'brick',
    shopHeight: 4,
    seed: 11,
  });
  building(builder, { x0: -34, y0: 74, x1: -12, y1: 130 }, 30, { wall: colour('#a9a69f'), kind: 'concrete', seed: 12 });
  building(builder, { x0: 12, y0: 94, x1: 36, y1: 150 }, 24, { wall: colour('#c1a184'), kind: 'brick', seed: 13 });
  building(builder, { x0: -60, y0: 180, x1: 60, y1: 200 }, 38, { wall: colour('#97a0a8'), kind: 'concrete', seed: 14 });
  for (const y of [14, 25, 37, 49, 63]) {
    tree(builder, -9.2, y, { height: 6.5 });
    tree(builder, 9.4, y + 3, { height: 7 });
  }
  lampPost(builder, { x: -7.8, y: 20, arm: 0 });
  lampPost(builder, { x: 7.8, y: 31, arm: Math.PI });
  trafficLight(builder, 7.8, 10.8, 0, true);
  trafficLight(builder, -11.6, 5.6, Math.PI / 2, false);
  trafficLight(builder, 11.8, -5.6, -Math.PI / 2, false);
  hydrant(builder, 8.3, 17);
  roadSign(builder, -8, 29, 0, colour('#f4f4f0'), colour('#b3261c'));
  return {
    mesh: builder.build(),
    lighting: sunnyDay(sunAt(-118, 42)),
    view: { position: [-10.5, -19, 9.2], target: [1.2, 8, 0], opening: 74, barrel: 0.09, tilt: 0.6 },
    tone: { exposure: 0.62, warmth: 1.02 },
    grain: 1.2,
    movers: traffic(),
  };
}

function traffic(): Mover[] {
  const random = randomFrom(101);
  const paint = (): VehicleStyle => ({ paint: CAR_PAINTS[Math.floor(random() * CAR_PAINTS.length)] ?? CAR_PAINTS[0]! });
  const ahead = (x: number): Stop[] => [
    [x, -60],
    [x, 170],
  ];
  const back = (x: number): Stop[] => [
    [x, 170],
    [x, -60],
  ];
  // The side street has red: people cross it, in the direction of the traffic.
  const walkers: Stop[][] = [
    [
      [-9, 60],
      [-9.5, 12],
      [-9, -10],
      [-9, -50],
    ],
    [
      [9.6, 70],
      [9.4, 10],
      [9, -8],
      [9.3, -40],
    ],
    [
      [-40, 7.3],
      [-10.4, 7.5],
      [-10.2, 20],
      [-10.5, 90],
    ],
    [
      [10.5, 90],
      [9.8, 9],
      [14, 7.4],
      [60, 7.6],
    ],
    [
      [-10.6, 90],
      [-10.4, 9],
      [-9.7, -9],
      [-40, -8],
    ],
    [
      [10.8, -50],
      [10.2, 8],
      [10.6, 90],
    ],
  ];
  return [
    ...drive({ kind: 'sedan', style: paint(), path: back(-1.8), speed: 11, start: 0 }),
    ...drive({ kind: 'suv', style: paint(), path: back(-1.8), speed: 11, start: 4.2 }),
    ...drive({ kind: 'hatchback', style: paint(), path: back(-5.2), speed: 10, start: 2 }),
    ...drive({ kind: 'van', style: { paint: colour('#e9e9e6') }, path: back(-5.2), speed: 10, start: 7 }),
    ...drive({
      kind: 'bus',
      style: { paint: colour('#2f6f9f'), second: colour('#f1c232') },
      path: ahead(5.2),
      speed: 9,
      start: 1,
    }),
    ...drive({ kind: 'sedan', style: paint(), path: ahead(1.8), speed: 11, start: 5.5 }),
    ...drive({ kind: 'pickup', style: paint(), path: ahead(1.8), speed: 11, start: 8.6 }),
    ...walkers.flatMap((path) => walk({ path, random, z: KERB })),
    ...walkers.slice(0, 4).flatMap((path) => walk({ path: path.toReversed(), random, z: KERB })),
    stand(-12.2, 3.4, -1.2, random, { z: KERB }),
  ];
}
