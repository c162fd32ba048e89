import type { Mover } from '../movers/Mover.ts';
import { drive, stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { wall } from '../parts/facade.ts';
import { bollard, lampPost, railing, trafficCone } from '../parts/furniture.ts';
import { arrow, asphalt, line, plain, shining } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { colour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { park, someCar, walkers } from './helpers.ts';
import { goldenHour, sunAt } from './lights.ts';

const WATER_LEVEL = -2.4;

const water: Material = (_at, look) => {
  setColour(look, colour('#35545c'));
  look.mirror = 0.15;
};

/** A ferry at the quay: hull, decks with windows, bridge and funnel. Its side lies along x. */
function ferry(builder: MeshBuilder, x0: number, x1: number, y: number): void {
  const white = plain(colour('#eceae3'), 0.12, 0.02);
  const hull = plain(colour('#1f3f66'), 0.12, 0.03);
  const red = plain(colour('#a33024'), 0.1);
  const glass = plain(colour('#27333b'), 0.1, 0.18);
  const beamWidth = 15;
  builder.box(hull, [x0 + 4, y, WATER_LEVEL - 1], [x1, y + beamWidth, 3.2]);
  builder.quad(
    hull,
    [x0 + 4, y, WATER_LEVEL - 1],
    [x0 + 4, y, 3.2],
    [x0 - 3, y + beamWidth / 2, 3.2],
    [x0 + 1, y + beamWidth / 2, WATER_LEVEL - 1],
  );
  builder.quad(
    hull,
    [x0 + 1, y + beamWidth / 2, WATER_LEVEL - 1],
    [x0 - 3, y + beamWidth / 2, 3.2],
    [x0 + 4, y + beamWidth, 3.2],
    [x0 + 4, y + beamWidth, WATER_LEVEL - 1],
  );
  builder.box(red, [x0 + 4, y - 0.02, WATER_LEVEL - 1], [x1 + 0.02, y + beamWidth, WATER_LEVEL + 0.5]);
  const name = lettered(white, { text: 'SPIRIT OF LAKEPORT', u: 6, v: 0.7, height: 1, colour: colour('#1f3f66') });
  builder.quad(name, [x0 + 4, y - 0.05, 3.2], [x1, y - 0.05, 3.2], [x1, y - 0.05, 5.6], [x0 + 4, y - 0.05, 5.6]);
  for (const [level, inset] of [
    [3.2, 0],
    [6, 2],
    [8.8, 5],
  ] as const) {
    builder.box(
      white,
      [x0 + 6 + inset, y + inset * 0.3, level],
      [x1 - 3 - inset, y + beamWidth - inset * 0.3, level + 2.8],
    );
    if (level > 4) {
      for (let x = x0 + 8 + inset; x < x1 - 6 - inset; x += 2.2)
        builder.box(glass, [x, y + inset * 0.3 - 0.05, level + 1], [x + 1.5, y + inset * 0.3, level + 2.1]);
    }
    railing(builder, x0 + 5 + inset, y + inset * 0.3, x1 - 3 - inset, y + inset * 0.3, level + 2.8, white);
  }
  builder.box(white, [x0 + 12, y + 2, 11.6], [x0 + 19, y + beamWidth - 2, 14]);
  builder.box(glass, [x0 + 11.95, y + 1.95, 12.5], [x0 + 19.05, y + beamWidth - 2, 13.4]);
  builder.box(hull, [x0 + 27, y + 5, 11.6], [x0 + 31, y + 10, 16]);
  builder.box(red, [x0 + 26.95, y + 4.95, 14], [x0 + 31.05, y + 10.05, 15.2]);
  builder.pole(white, x0 + 15, y + 7, 14, 19, 0.12, 0.05);
}

/** The quay of a ferry in the morning: cars wait in their lanes, foot passengers walk to the gangway. */
export function ferryTerminal(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1414);
  const lanes = [-12, -8.4, -4.8, -1.2, 2.4];
  const markings = [
    ...lanes.map((x) => line(x, -6, x, 20, { width: 0.12 })),
    line(-12, 20.3, 2.4, 20.3, { width: 0.4 }),
    ...lanes.slice(0, 4).map((x) => arrow(x + 1.8, 17.4, 0)),
  ];
  builder.floor(asphalt({ seed: 71, markings, colour: colour('#7a7772') }), -120, -60, 120, 27, 0);
  const quay = plain(colour('#a39d90'), 0.3);
  builder.box(quay, [-120, 26.4, WATER_LEVEL - 1], [120, 27.4, 0.25]);
  builder.floor(water, -700, 27, 700, 900, WATER_LEVEL);
  ferry(builder, -20, 30, 30);
  builder.box(plain(colour('#5b6166'), 0.15, 0.03), [-9.5, 24, 0.2], [-4.5, 31.5, 0.45]);
  for (let x = -30; x < 40; x += 6) bollard(builder, x, 25.6);
  railing(builder, 3.4, 25.8, 40, 25.8, 0.1);
  // The terminal with its glazed hall.
  builder.box(wall('metal', colour('#c9cbc6'), 3), [14, 10, 0], [34, 22, 6.4], plain(colour('#8d918f'), 0.2));
  const front = lettered(plain(colour('#2b3c46'), 0.05, 0.12), {
    text: 'FERRY TERMINAL',
    u: 0.7,
    v: 4.5,
    height: 0.85,
    colour: colour('#f4f1e6'),
    glow: 0.5,
  });
  builder.quad(front, [13.95, 22, 0], [13.95, 10, 0], [13.95, 10, 6], [13.95, 22, 6]);
  builder.box(plain(colour('#d9dad6'), 0.1), [10.6, 9.4, 3.6], [14, 22.4, 3.85]);
  for (const y of [10, 16, 22]) builder.pole(plain(colour('#d9dad6'), 0.1), 11, y, 0, 3.6, 0.1);
  // The far shore and a lighthouse.
  const hills = plain(colour('#5f6f63'), 0.4);
  for (let hill = 0; hill < 9; hill += 1)
    builder.pole(
      hills,
      -420 + hill * 110,
      560 + (hill % 3) * 60,
      WATER_LEVEL,
      WATER_LEVEL + 20 + (hill % 4) * 12,
      90,
      20,
    );
  builder.pole(plain(colour('#efece2'), 0.1), -62, 96, WATER_LEVEL, 16, 2.2, 1.5);
  builder.pole(plain(colour('#a33024'), 0.1), -62, 96, 5, 9, 2, 1.8);
  builder.pole(shining(colour('#ffe9b0'), 3), -62, 96, 16, 18, 1);
  builder.pole(plain(colour('#a33024'), 0.1), -62, 96, 18, 19.4, 1.4, 0.1);
  for (const [index, x] of lanes.slice(0, 4).entries()) {
    for (let y = 15 - index; y > -4; y -= 6.2)
      park(builder, { ...someCar(random), x: x + 1.8 + (random() - 0.5) * 0.3, y, yaw: (random() - 0.5) * 0.04 });
  }
  for (const [x, y] of [
    [4.4, 19],
    [4.4, 15],
    [4.4, 11],
  ] as const)
    trafficCone(builder, x, y);
  for (const [x, y] of [
    [-13.4, 6],
    [5.2, 22],
    [-13.4, 24],
  ] as const)
    lampPost(builder, { x, y, height: 8, arm: x < 0 ? 0 : Math.PI });
  const ways: Stop[][] = [
    [
      [12, 16],
      [8, 19],
      [2, 23.4],
      [-6.6, 24.4],
      [-7, 31.4],
    ],
    [
      [12.4, 13],
      [7, 15],
      [5.6, 22.6],
      [-7.4, 23.6],
      [-7.4, 31.4],
    ],
    [
      [40, 24],
      [10, 24],
      [-8, 23],
      [-60, 22.6],
    ],
    [
      [9, -14],
      [8, 8],
      [12.6, 14.6],
    ],
  ];
  const standing: Mover[] = [
    [9, 23.8],
    [9.9, 24.1],
    [16, 24.6],
    [-3.4, 22.2],
    [6.6, 17.6],
  ].map(([x, y]) => stand(x ?? 0, y ?? 0, random() * 6.28, random));
  return {
    mesh: builder.build(),
    lighting: { ...goldenHour(sunAt(-128, 24)), haze: { colour: [0.7, 0.63, 0.56], reach: 620 } },
    view: { position: [7.6, -12.5, 8.6], target: [-3.4, 18, 1.2], opening: 76, barrel: 0.08, tilt: 0.7 },
    tone: { exposure: 0.92, warmth: 1 },
    grain: 1.3,
    waterLevel: WATER_LEVEL,
    movers: [
      ...walkers(ways, random),
      ...standing,
      stand(0.6, 21.6, 3, random, { top: colour('#d7e02a') }),
      ...drive({
        kind: 'sedan',
        style: { paint: colour('#e6e4dc') },
        path: [
          [60, -8],
          [10, -8],
          [-60, -7],
        ],
        speed: 8,
        start: 2,
      }),
    ],
  };
}
