import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { wall } from '../parts/facade.ts';
import { bin, lampPost, railing, COLD_WHITE } from '../parts/furniture.ts';
import { plain, shining, slabs } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { sunshade } from '../parts/stalls.ts';
import { colour } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { park, walkers } from './helpers.ts';
import { night } from './lights.ts';

const GATE_Y = 24;

/** The bowl of the stadium as leaning columns under a lit rim. */
function bowl(builder: MeshBuilder): void {
  const concrete = wall('concrete', colour('#9c9a94'), 3);
  const steel = plain(colour('#5d6468'), 0.15, 0.03);
  for (let part = -9; part < 9; part += 1) {
    const at = (step: number): readonly [number, number] => [step * 6.4, GATE_Y + 9 + (step * step) / 9];
    const [[x0, y0], [x1, y1]] = [at(part), at(part + 1)];
    builder.quad(concrete, [x0, y0, 0], [x1, y1, 0], [x1, y1, 9], [x0, y0, 9]);
    builder.quad(
      plain(colour('#2c4f7c'), 0.1),
      [x0, y0 - 0.3, 9],
      [x1, y1 - 0.3, 9],
      [x1, y1 - 1.6, 13],
      [x0, y0 - 1.6, 13],
    );
    builder.quad(
      shining(colour('#dce9ff'), 1.1),
      [x0, y0 - 1.7, 13],
      [x1, y1 - 1.7, 13],
      [x1, y1 - 1.7, 13.5],
      [x0, y0 - 1.7, 13.5],
    );
    builder.beam(steel, [x0, y0 - 3.4, 0], [x0, y0 - 1.4, 13.2], 0.5);
    if (part % 3 === 0)
      builder.box(
        shining(colour('#ffe6b8'), 0.9),
        [(x0 + x1) / 2 - 1.6, (y0 + y1) / 2 - 0.3, 0.2],
        [(x0 + x1) / 2 + 1.6, (y0 + y1) / 2 + 0.1, 2.8],
      );
  }
}

function floodlight(builder: MeshBuilder, x: number, y: number): Lamp[] {
  const steel = plain(colour('#6d7377'), 0.1, 0.03);
  builder.pole(steel, x, y, 0, 26, 0.4, 0.25);
  builder.box(steel, [x - 2.6, y - 0.2, 25], [x + 2.6, y + 0.2, 28.4]);
  const lamp = shining(colour('#f4f8ff'), 9);
  for (let row = 0; row < 3; row += 1) {
    for (let column = -2; column <= 2; column += 1) {
      const [cx, cz] = [x + column, 25.4 + row * 1.05];
      builder.box(lamp, [cx - 0.34, y - 0.35, cz - 0.3], [cx + 0.34, y - 0.2, cz + 0.4]);
    }
  }
  return [{ at: [x, y - 3, 26], colour: colour('#eef3ff'), strength: 620 }];
}

/** The gate of a stadium on a match evening, the crowd going in under the floodlights. */
export function stadiumGateB(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1212);
  builder.floor(slabs(2, colour('#8f8c86'), 8), -200, -60, 200, 200, 0);
  bowl(builder);
  const steel = plain(colour('#9aa1a5'), 0.1, 0.05);
  const dark = plain(colour('#23282d'), 0.1);
  // Lanes with turnstiles under a roof.
  for (let lane = -5; lane <= 5; lane += 1) {
    const x = lane * 2.1;
    railing(builder, x, GATE_Y - 5, x, GATE_Y + 1.4, 0, steel);
    if (lane === 5) continue;
    builder.box(dark, [x + 0.35, GATE_Y - 0.5, 0], [x + 0.6, GATE_Y + 0.6, 1.05]);
    builder.box(
      shining(lane % 4 === 0 ? colour('#ff3b2a') : colour('#34e27a'), 3),
      [x + 0.4, GATE_Y - 0.53, 0.85],
      [x + 0.55, GATE_Y - 0.5, 1],
    );
    builder.box(
      shining(lane % 4 === 0 ? colour('#ff3b2a') : colour('#34e27a'), 2),
      [x + 0.85, GATE_Y - 1.1, 2.9],
      [x + 1.25, GATE_Y - 1.05, 3.2],
    );
  }
  for (const x of [-11.4, 11.4]) builder.box(steel, [x - 0.3, GATE_Y - 1.2, 0], [x + 0.3, GATE_Y + 1.6, 3.6]);
  builder.box(dark, [-12.4, GATE_Y - 1.6, 3.3], [12.4, GATE_Y + 2.4, 3.7]);
  const board = lettered(plain(colour('#16375f'), 0.05), {
    text: 'GATE B',
    u: 8.4,
    v: 0.38,
    height: 1.25,
    colour: colour('#ffffff'),
    glow: 1.8,
  });
  builder.quad(
    board,
    [-12.4, GATE_Y - 1.65, 3.7],
    [12.4, GATE_Y - 1.65, 3.7],
    [12.4, GATE_Y - 1.65, 5.7],
    [-12.4, GATE_Y - 1.65, 5.7],
  );
  builder.box(shining(colour('#f0f5ff'), 3), [-11, GATE_Y - 0.3, 3.25], [11, GATE_Y, 3.3]);
  const lamps: Lamp[] = [...floodlight(builder, -30, 33), ...floodlight(builder, 30, 33)];
  for (const x of [-8, 0, 8])
    lamps.push({ at: [x, GATE_Y - 0.6, 3.2], colour: colour('#f0f5ff'), strength: 7, cone: 85 });
  for (const [x, y] of [
    [-14, 6],
    [14, 6],
  ] as const)
    lamps.push(...lampPost(builder, { x, y, height: 6.5, arm: x < 0 ? 0 : Math.PI, light: COLD_WHITE, strength: 60 }));
  for (const x of [-17, 17]) sunshade(builder, x, 15, colour('#a3281f'));
  park(builder, { kind: 'van', x: 19, y: 8, yaw: 0.9, style: { paint: colour('#eef0f2'), second: colour('#1f4e8c') } });
  bin(builder, -12.4, 12);
  bin(builder, 12.4, 12);
  const shirts = [colour('#1f5aa8'), colour('#e3e6ea'), colour('#1f5aa8'), undefined] as const;
  const ways: Stop[][] = Array.from({ length: 11 }, (_, index): Stop[] => {
    const lane = (index - 5) * 2.1 + 1.1;
    const side = index % 2 === 0 ? -1 : 1;
    return [
      [side * (6 + (index % 4) * 5), -16],
      [side * (3 + (index % 3) * 2), 2],
      [lane, 17],
      [lane, GATE_Y - 1],
      [lane, GATE_Y + 7],
    ];
  });
  const crowd: Mover[] = ways
    .slice(0, 10)
    .flatMap((way) => walkers([way], random).filter((_mover, index, all) => index < all.length / 2));
  const waiting: Mover[] = Array.from({ length: 12 }, (_, index) => {
    const top = shirts[index % 4];
    return stand(
      -9.4 + (index % 10) * 2.1,
      15.5 + (index % 3) * 1.3,
      (random() - 0.5) * 1.2,
      random,
      top === undefined ? {} : { top },
    );
  });
  return {
    mesh: builder.build(),
    lighting: { ...night(lamps), bounce: [0.03, 0.03, 0.032] },
    view: { position: [-7.4, -7.6, 6.4], target: [0.6, 17, 2.2], opening: 78, barrel: 0.1, tilt: -0.5 },
    tone: { exposure: 2.1, warmth: 0.99, saturation: 0.95 },
    grain: 2.4,
    movers: [
      ...crowd,
      ...waiting,
      stand(-11, 20, 2.8, random, { top: colour('#d7e02a') }),
      stand(11, 20.4, -2.8, random, { top: colour('#d7e02a') }),
    ],
  };
}
