import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { wall, facade } from '../parts/facade.ts';
import { bollard, lampPost } from '../parts/furniture.ts';
import { grass, plain, slabs } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { hedge, tree } from '../parts/plants.ts';
import { colour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { walkers } from './helpers.ts';
import { sunAt, sunnyDay } from './lights.ts';

const STONE = colour('#d5ccb8');
const TOP = 3.2;
const FRONT = 24;

function flag(builder: MeshBuilder, x: number, y: number, paint: string): void {
  const pole = plain(colour('#d7dadb'), 0.05, 0.05);
  builder.pole(pole, x, y, 0, 11, 0.06, 0.04);
  const cloth: Material = ({ u, v }, look) => {
    setColour(
      look,
      v > 0.66 && u < 1.1 ? colour('#27407a') : colour(Math.floor(v / 0.33) % 2 === 0 ? paint : '#ece9e0'),
    );
  };
  for (let part = 0; part < 6; part += 1) {
    const at = (step: number): readonly [number, number] => [x + 0.1 + step * 0.42, y + 0.22 * Math.sin(step * 1.3)];
    const [[x0, y0], [x1, y1]] = [at(part), at(part + 1)];
    builder.triangle(
      cloth,
      [
        [x0, y0, 9],
        [x1, y1, 8.9],
        [x1, y1, 10.6],
      ],
      [part * 0.42, 0, part * 0.42 + 0.42, 0, part * 0.42 + 0.42, 1.65],
    );
    builder.triangle(
      cloth,
      [
        [x0, y0, 9],
        [x1, y1, 10.6],
        [x0, y0, 10.7],
      ],
      [part * 0.42, 0, part * 0.42 + 0.42, 1.65, part * 0.42, 1.65],
    );
  }
}

/** A city hall with columns above wide steps, in the sun. */
export function cityHallSteps(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1111);
  builder.floor(slabs(1.6, colour('#bdb6a8'), 5), -200, -60, 200, 200, 0);
  const stone = plain(STONE, 0.18);
  const step = plain(colour('#cfc7b4'), 0.25);
  const steps = 16;
  for (let index = 0; index < steps; index += 1) {
    builder.box(step, [-13, 15 + index * 0.42, 0], [13, FRONT + 1, ((index + 1) * TOP) / steps]);
  }
  for (const side of [-1, 1]) {
    builder.box(
      stone,
      [Math.min(side * 13, side * 15.4), 14.4, 0],
      [Math.max(side * 13, side * 15.4), FRONT + 1, TOP + 0.2],
    );
    builder.pole(stone, side * 14.2, 16, TOP + 0.2, TOP + 1, 0.5, 0.6);
    builder.pole(plain(colour('#4f6a58'), 0.3), side * 14.2, 16, TOP + 1, TOP + 1.9, 0.75, 0.2);
  }
  const front = facade({
    wall: STONE,
    kind: 'stone',
    seed: 51,
    storey: 6,
    bay: 4.2,
    windowWidth: 0.42,
    windowHeight: 0.6,
  });
  builder.box(stone, [-34, FRONT + 1, 0], [34, 60, TOP]);
  builder.box(front, [-34, FRONT + 6, TOP], [34, 60, TOP + 13.4], stone);
  builder.box(stone, [-34.5, FRONT + 5.5, TOP + 12.6], [34.5, 60, TOP + 13.6]);
  for (const x of [-11, -6.6, -2.2, 2.2, 6.6, 11]) {
    builder.box(stone, [x - 0.85, FRONT + 1.2, TOP], [x + 0.85, FRONT + 2.9, TOP + 0.5]);
    builder.pole(stone, x, FRONT + 2.05, TOP + 0.5, TOP + 10.2, 0.72, 0.6);
    builder.box(stone, [x - 0.85, FRONT + 1.2, TOP + 10.2], [x + 0.85, FRONT + 2.9, TOP + 10.8]);
  }
  const frieze = lettered(wall('plaster', STONE, 3), {
    text: 'CITY HALL',
    u: 8.4,
    v: 0.5,
    height: 1,
    colour: colour('#6b6250'),
  });
  builder.box(stone, [-13, FRONT + 1, TOP + 10.8], [13, FRONT + 7, TOP + 12.8]);
  builder.quad(
    frieze,
    [-13, FRONT + 0.97, TOP + 10.8],
    [13, FRONT + 0.97, TOP + 10.8],
    [13, FRONT + 0.97, TOP + 12.8],
    [-13, FRONT + 0.97, TOP + 12.8],
  );
  builder.triangle(stone, [
    [-13.8, FRONT + 0.8, TOP + 12.8],
    [13.8, FRONT + 0.8, TOP + 12.8],
    [0, FRONT + 0.8, TOP + 17.4],
  ]);
  builder.quad(
    plain(colour('#7c9486'), 0.3),
    [-14, FRONT + 0.6, TOP + 12.7],
    [0, FRONT + 0.6, TOP + 17.6],
    [0, 50, TOP + 17.6],
    [-14, 50, TOP + 12.7],
  );
  builder.quad(
    plain(colour('#7c9486'), 0.3),
    [0, FRONT + 0.6, TOP + 17.6],
    [14, FRONT + 0.6, TOP + 12.7],
    [14, 50, TOP + 12.7],
    [0, 50, TOP + 17.6],
  );
  for (const x of [-4.4, 0, 4.4])
    builder.box(plain(colour('#4a3626'), 0.2, 0.04), [x - 1, FRONT + 5.9, TOP], [x + 1, FRONT + 6.1, TOP + 4.2]);
  for (const side of [-1, 1]) {
    const [x0, x1] = [Math.min(side * 18, side * 33), Math.max(side * 18, side * 33)];
    builder.box(plain(colour('#b3a994'), 0.2), [x0 - 0.3, 9.7, 0], [x1 + 0.3, 24.3, 0.35], grass(2));
    hedge(builder, x0, 10, x1, 10.7, 0.9);
    tree(builder, side * 22, 17, { height: 8.5 });
    tree(builder, side * 29, 15, { height: 9.5 });
    flag(builder, side * 16.6, side < 0 ? 19 : 11, side < 0 ? '#b3261c' : '#2f6b8a');
    lampPost(builder, { x: side * 11.4, y: 9, height: 4.4 });
  }
  for (let x = -10; x <= 10; x += 2.5) bollard(builder, x, -1);
  const ways: Stop[][] = [
    [
      [-3, 29],
      [-3.4, 22],
      [-4, 14],
      [-9, -12],
    ],
    [
      [0, 29],
      [0.6, 22],
      [3, 12],
      [6, -12],
    ],
    [
      [4, 29],
      [5, 21],
      [9, 11],
      [34, 4],
    ],
    [
      [-40, 5],
      [-6, 6],
      [12, 4],
      [40, 6],
    ],
    [
      [-40, 8],
      [-14, 10],
      [-8, 15],
      [-2, 29],
    ],
    [
      [-30, 1],
      [0, 2],
      [30, 1],
    ],
  ];
  const standing: Mover[] = [
    [-6.4, 18.6],
    [-5.6, 18.9],
    [7.6, 20.4],
    [8.4, 20.2],
    [2.6, 7],
    [1.7, 7.5],
    [-10, 24.6],
  ].map(([x, y]) => stand(x ?? 0, y ?? 0, random() * 6.28, random, { z: TOP }));
  return {
    mesh: builder.build(),
    lighting: sunnyDay(sunAt(-138, 38)),
    view: { position: [-10.5, -8, 6.6], target: [1, 19, 4.2], opening: 76, barrel: 0.09, tilt: 0.4 },
    tone: { exposure: 0.52, warmth: 1.02 },
    grain: 1.1,
    movers: [...walkers(ways, random, TOP), ...standing],
  };
}
