import type { Mover } from '../movers/Mover.ts';
import { drive, stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { bin, lampPost, trafficLight } from '../parts/furniture.ts';
import { asphalt, line, patch, plain, shining, slabs, zebra } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { tree, LEAF_AUTUMN } from '../parts/plants.ts';
import { colour } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { houseRow, pickPaint, walkers } from './helpers.ts';
import { dusk } from './lights.ts';

const RAIL = colour('#b9bec2');

/** A shelter of steel and glass with a lit timetable; open towards +x. */
function shelter(builder: MeshBuilder, x: number, y: number, length: number): Lamp[] {
  const steel = plain(colour('#4b5257'), 0.1, 0.04);
  const glass = plain(colour('#33424a'), 0.05, 0.2);
  builder.at(x, y, 0.16, 0, () => {
    for (const along of [0, length / 2, length]) {
      builder.pole(steel, 0, along, 0, 2.6, 0.05);
      builder.beam(steel, [0, along, 2.5], [1.7, along, 2.65], 0.08);
    }
    builder.box(steel, [-0.3, -0.4, 2.55], [1.9, length + 0.4, 2.68]);
    builder.box(glass, [-0.03, 0.1, 0.5], [0.03, length - 1.6, 2.2]);
    builder.box(plain(colour('#8a6a45'), 0.3), [0.2, 0.6, 0.45], [0.6, length - 2.2, 0.52]);
    const advert = lettered(shining(colour('#e8f1ff'), 1.6), {
      text: 'LINE 4',
      u: 0.15,
      v: 1.4,
      height: 0.26,
      colour: colour('#12357a'),
    });
    builder.quad(
      advert,
      [0.06, length - 1.45, 0.35],
      [0.06, length - 0.1, 0.35],
      [0.06, length - 0.1, 2.3],
      [0.06, length - 1.45, 2.3],
    );
    builder.box(shining(colour('#fff2da'), 3), [0.5, 0.6, 2.5], [0.7, length - 0.6, 2.55]);
  });
  return [1, 0.5, 0].map((part): Lamp => ({
    at: [x + 0.8, y + 0.6 + part * (length - 1.2), 2.6],
    colour: colour('#ffedd0'),
    strength: 2.6,
    cone: 80,
  }));
}

/** A tram stop in the evening, its windows and shops lit. */
export function transitStop4(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(404);
  const rails = [-1.9, -0.45, 1.9, 3.35].map((x) => line(x, -60, x, 200, { width: 0.09, colour: RAIL }));
  const markings = [
    patch(-2.4, -60, 3.9, 200, colour('#5c5a57')),
    ...rails,
    line(-3, -60, -3, 200, { width: 0.12 }),
    line(4.4, -60, 4.4, 200, { width: 0.12 }),
    zebra(-6.6, 27, 8.6, 30, 'y'),
  ];
  builder.floor(asphalt({ seed: 9, markings, wetness: 0.35 }), -200, -80, 200, 400, 0);
  const pavement = slabs(1.2, colour('#9d9890'), 3);
  const kerb = plain(colour('#a8a59c'), 0.2);
  builder.box(kerb, [-40, -80, 0], [-6.6, 300, 0.16], pavement);
  builder.box(kerb, [8.6, -80, 0], [40, 300, 0.16], pavement);
  // The platform with its white edge.
  builder.box(kerb, [-6.6, -4, 0], [-3.2, 24, 0.28], pavement);
  builder.box(plain(colour('#d8d5c8'), 0.1), [-3.45, -4, 0.02], [-3.15, 24, 0.285]);
  const lamps: Lamp[] = [...shelter(builder, -6.4, 6, 8)];
  houseRow(builder, { x: -12, depth: -16, from: -10, to: 120, random, lit: 0.42 });
  houseRow(builder, { x: 13.5, depth: 16, from: -10, to: 120, random, lit: 0.42 });
  for (const y of [2, 24, 46, 68]) {
    lamps.push(...lampPost(builder, { x: 9.4, y, height: 7.5, arm: Math.PI, strength: 26 }));
    if (y !== 2) lamps.push(...lampPost(builder, { x: -7.6, y: y + 9, height: 7.5, arm: 0, strength: 26 }));
  }
  for (const y of [15, 33, 52]) tree(builder, 11, y, { height: 6.5, leaf: LEAF_AUTUMN });
  const wire = plain(colour('#26282b'), 0);
  for (const x of [-1.2, 2.6]) builder.beam(wire, [x, -40, 6.1], [x, 160, 6.1], 0.04);
  for (let y = 4; y < 120; y += 22) builder.beam(wire, [-9, y, 6.6], [10, y, 6.6], 0.03);
  trafficLight(builder, 9, 31, 0, true);
  bin(builder, -6.2, 15);
  const post = lettered(plain(colour('#1d4fa0'), 0), {
    text: '4',
    u: 0.16,
    v: 0.12,
    height: 0.42,
    colour: colour('#ffffff'),
    glow: 1,
  });
  builder.pole(plain(colour('#6a7075'), 0.1), -3.9, 17.5, 0.2, 3.4, 0.05);
  builder.quad(post, [-4.25, 17.44, 2.75], [-3.55, 17.44, 2.75], [-3.55, 17.44, 3.4], [-4.25, 17.44, 3.4]);
  const lit = (): { paint: ReturnType<typeof pickPaint>; isLit: true } => ({ paint: pickPaint(random), isLit: true });
  const lane = (x: number, isAhead: boolean): Stop[] =>
    isAhead
      ? [
          [x, -40],
          [x, 130],
        ]
      : [
          [x, 130],
          [x, -40],
        ];
  const movers: Mover[] = [
    ...drive({
      kind: 'tram',
      style: { paint: colour('#d9d4c4'), second: colour('#b3261c'), isLit: true, insideGlow: 0.9 },
      path: [
        [2.6, 165],
        [2.6, -45],
      ],
      speed: 10.5,
      start: 2,
    }),
    ...drive({ kind: 'sedan', style: lit(), path: lane(6.5, true), speed: 8.5, start: 1 }),
    ...drive({ kind: 'suv', style: lit(), path: lane(6.5, true), speed: 8.5, start: 5.4 }),
    ...drive({ kind: 'hatchback', style: lit(), path: lane(6.5, true), speed: 8.5, start: 8 }),
    ...walkers(
      [
        [
          [-9.5, -20],
          [-9, 20],
          [-9.6, 80],
        ],
        [
          [10.6, -20],
          [11.2, 30],
          [10.8, 80],
        ],
        [
          [-11, 70],
          [-10.6, 10],
          [-11, -20],
        ],
      ],
      random,
      0.16,
    ),
    ...[
      [-4.4, 3],
      [-4.1, 5.6],
      [-5, 8.6],
      [-4.3, 10.2],
      [-4.2, 13.4],
      [-5.4, 15.2],
      [-4.6, 20],
    ].map(([x, y]) => stand(x ?? 0, y ?? 0, -Math.PI / 2 + (random() - 0.5) * 1.4, random, { z: 0.28 })),
  ];
  return {
    mesh: builder.build(),
    lighting: dusk(lamps),
    view: { position: [-9.2, -7.5, 5.6], target: [0.2, 14, 0.6], opening: 78, barrel: 0.09, tilt: 0.7 },
    tone: { exposure: 2.5, warmth: 0.98, saturation: 0.95 },
    grain: 2.4,
    movers,
  };
}
