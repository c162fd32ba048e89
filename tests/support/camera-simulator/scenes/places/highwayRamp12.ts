import type { Mover } from '../movers/Mover.ts';
import { drive } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { curtainWall, wall } from '../parts/facade.ts';
import { lampPost } from '../parts/furniture.ts';
import { arrow, asphalt, grass, line, plain } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { bush } from '../parts/plants.ts';
import { colour } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { pickPaint, someCar } from './helpers.ts';
import { dusk } from './lights.ts';

const FAR = 330;

function guardRail(builder: MeshBuilder, points: readonly Stop[]): void {
  const steel = plain(colour('#8d9296'), 0.15, 0.05);
  for (let index = 0; index + 1 < points.length; index += 1) {
    const [[x0, y0], [x1, y1]] = [points[index] ?? [0, 0], points[index + 1] ?? [0, 0]];
    builder.beam(steel, [x0, y0, 0.62], [x1, y1, 0.62], 0.28);
    builder.beam(steel, [x0, y0, 0], [x0, y0, 0.6], 0.12);
  }
}

function gantry(builder: MeshBuilder, y: number): void {
  const steel = plain(colour('#6d7377'), 0.1, 0.03);
  for (const x of [0.6, 22]) builder.pole(steel, x, y, 0, 7.4, 0.22);
  for (const z of [6.4, 7.4]) builder.beam(steel, [0.6, y, z], [22, y, z], 0.2);
  const green = plain(colour('#0f6a43'), 0.05);
  const exit = lettered(green, {
    text: 'RAMP 12',
    u: 0.5,
    v: 1.3,
    height: 0.75,
    colour: colour('#ffffff'),
    glow: 0.55,
  });
  const town = lettered(green, {
    text: 'LAKEPORT',
    u: 0.45,
    v: 1.3,
    height: 0.75,
    colour: colour('#ffffff'),
    glow: 0.55,
  });
  builder.quad(town, [3, y - 0.2, 5.2], [9, y - 0.2, 5.2], [9, y - 0.2, 8], [3, y - 0.2, 8]);
  builder.quad(exit, [15, y - 0.2, 5.2], [20.6, y - 0.2, 5.2], [20.6, y - 0.2, 8], [15, y - 0.2, 8]);
}

/** A highway with a ramp after sunset, seen from a bridge: white lights one way, red the other. */
export function highwayRamp12(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(1616);
  const ramp = (y: number): number => 16.6 + Math.max(0, y - 60) ** 2 / 190;
  const rampLine = (offset: number): Stop[] =>
    Array.from({ length: 24 }, (_, index): Stop => [ramp(index * 8 - 10) + offset, index * 8 - 10]);
  const markings = [
    line(2, -60, 2, FAR, { width: 0.18 }),
    line(12.9, 64, 12.9, FAR, { width: 0.18 }),
    ...[5.6, 9.2].map((x) => line(x, -60, x, FAR, { dash: 4, gap: 7 })),
    ...[-2, -12.9].map((x) => line(x, -60, x, FAR, { width: 0.18 })),
    ...[-5.6, -9.2].map((x) => line(x, -60, x, FAR, { dash: 4, gap: 7 })),
    line(12.9, -60, 12.9, 64, { dash: 1.5, gap: 1.5, width: 0.3 }),
    arrow(14.8, 26, -0.3),
  ];
  const edge = rampLine(1.9);
  for (let index = 0; index + 1 < edge.length; index += 1) {
    const [[x0, y0], [x1, y1]] = [edge[index] ?? [0, 0], edge[index + 1] ?? [0, 0]];
    markings.push(line(x0, y0, x1, y1, { width: 0.18 }));
    if (y0 > 66) markings.push(line(x0 - 3.8, y0, x1 - 3.8, y1, { width: 0.18 }));
  }
  builder.floor(grass(5), -600, -80, 600, 700, -0.03);
  builder.floor(asphalt({ seed: 81, markings, wetness: 0.2 }), -14.6, -80, 14.6, FAR + 300, 0);
  const rampAsphalt = asphalt({ seed: 82, markings, wetness: 0.2 });
  const [inner, outer] = [rampLine(-2.6), rampLine(2.6)];
  for (let index = 0; index + 1 < inner.length; index += 1) {
    const [a, b, c, d] = [
      inner[index] ?? [0, 0],
      outer[index] ?? [0, 0],
      outer[index + 1] ?? [0, 0],
      inner[index + 1] ?? [0, 0],
    ];
    builder.triangle(rampAsphalt, [
      [a[0], a[1], 0.01],
      [b[0], b[1], 0.01],
      [c[0], c[1], 0.01],
    ]);
    builder.triangle(rampAsphalt, [
      [a[0], a[1], 0.01],
      [c[0], c[1], 0.01],
      [d[0], d[1], 0.01],
    ]);
  }
  builder.box(plain(colour('#b3aea2'), 0.25), [-0.4, -80, 0], [0.4, FAR, 0.95]);
  guardRail(builder, rampLine(3));
  guardRail(
    builder,
    Array.from({ length: 40 }, (_, index): Stop => [-14.2, index * 8 - 10]),
  );
  gantry(builder, 46);
  builder.box(wall('concrete', colour('#9a968d'), 7), [-22, -80, 0], [-21.4, FAR, 4.4]);
  for (let x = 22; x < 60; x += 3) bush(builder, x + random() * 3, 34 + random() * 50, 1.6);
  for (let tower = 0; tower < 16; tower += 1) {
    const [x, width] = [-190 + tower * 27 + random() * 8, 15 + random() * 9];
    builder.box(
      curtainWall({ tint: colour('#39434c'), lit: 0.22, seed: tower * 7, pane: 2 }),
      [x, 380 + random() * 60, 0],
      [x + width, 460, 22 + random() ** 2 * 74],
    );
  }
  const lamps: Lamp[] = [];
  for (let y = 12; y < 250; y += 32) {
    for (const arm of [0, Math.PI]) {
      lamps.push(...lampPost(builder, { x: 0, y: y + (arm > 0 ? 0.3 : 0), height: 11, arm, strength: 88 }));
    }
    if (y < 120) lamps.push(...lampPost(builder, { x: ramp(y) + 4, y: y + 10, height: 9, arm: Math.PI, strength: 46 }));
  }
  const ahead = (x: number): Stop[] => [
    [x, -40],
    [x, 300],
  ];
  const back = (x: number): Stop[] => [
    [x, 300],
    [x, -40],
  ];
  const traffic = (path: Stop[], speed: number, starts: readonly number[]): Mover[] =>
    starts.flatMap((start) => {
      const { kind, style } = someCar(random);
      return drive({ kind, style: { ...style, isLit: true }, path, speed, start });
    });
  return {
    mesh: builder.build(),
    lighting: { ...dusk(lamps), haze: { colour: [0.07, 0.06, 0.07], reach: 700 } },
    view: { position: [7.4, -20, 10.4], target: [2.6, 30, 0.4], opening: 62, barrel: 0.06, tilt: -0.4 },
    tone: { exposure: 2.3, warmth: 0.98, saturation: 0.95 },
    grain: 2.6,
    movers: [
      ...traffic(ahead(3.8), 24, [0, 3.1, 6.8]),
      ...traffic(ahead(7.4), 22, [1.6, 5.2, 8.4]),
      ...traffic(ahead(11), 19, [2.4, 7.4]),
      ...traffic(back(-3.8), 24, [0.8, 3.6, 7.9]),
      ...traffic(back(-7.4), 22, [2, 4.9, 6.6, 9]),
      ...traffic(back(-11), 19, [0.4, 5.7]),
      ...drive({
        kind: 'truck',
        style: { paint: pickPaint(random), second: colour('#cfd2d4'), isLit: true },
        path: ahead(11),
        speed: 19,
        start: 4.8,
      }),
      ...drive({
        kind: 'bus',
        style: { paint: colour('#dfe1e2'), isLit: true, insideGlow: 0.7 },
        path: back(-11),
        speed: 19,
        start: 8.2,
      }),
      ...drive({
        kind: 'sedan',
        style: { paint: pickPaint(random), isLit: true },
        path: [[11, -40], [13, 4], ...rampLine(0).slice(5)],
        speed: 17,
        start: 6,
      }),
    ],
  };
}
