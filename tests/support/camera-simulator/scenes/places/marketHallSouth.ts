import type { Mover } from '../movers/Mover.ts';
import { stand } from '../movers/movers.ts';
import type { Stop } from '../movers/path.ts';
import { plain, shining } from '../parts/ground.ts';
import { lettered } from '../parts/lettering.ts';
import { crates, stall } from '../parts/stalls.ts';
import { between, blendColour, colour, scaleColour, setColour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import type { Lamp } from '../render/Lighting.ts';
import { MeshBuilder } from '../render/Mesh.ts';
import { cloudNoise, randomFrom } from '../render/noise.ts';
import type { Scene } from '../Scene.ts';
import { walkers } from './helpers.ts';
import { indoors } from './lights.ts';

const tiles: Material = ({ x, y, width }, look) => {
  const isDark = (Math.floor(x / 1.2) + Math.floor(y / 1.2)) % 2 === 0;
  setColour(look, colour('#c6bda9'), 0.85 + 0.3 * cloudNoise(x * 0.8, y * 0.8, 3, width));
  if (isDark) blendColour(look, colour('#8d7f6c'), 0.6);
  const joint = Math.max(
    between(((x % 1.2) + 1.2) % 1.2, 0, 0.03, width),
    between(((y % 1.2) + 1.2) % 1.2, 0, 0.03, width),
  );
  scaleColour(look, 1 - 0.3 * joint);
  look.mirror = 0.05;
};

function roof(builder: MeshBuilder, length: number): void {
  const steel = plain(colour('#3f5a4c'), 0.15, 0.02);
  const boards = plain(colour('#b8a88c'), 0.25);
  const skylight = shining(colour('#e6efff'), 1.5);
  for (const side of [-1, 1]) {
    builder.quad(boards, [side * 11, -8, 6.5], [side * 11, length, 6.5], [side * 4.2, length, 9], [side * 4.2, -8, 9]);
    builder.quad(
      skylight,
      [side * 4.2, -8, 9],
      [side * 4.2, length, 9],
      [side * 1.4, length, 10],
      [side * 1.4, -8, 10],
    );
    builder.quad(boards, [side * 1.4, -8, 10], [side * 1.4, length, 10], [0, length, 10.5], [0, -8, 10.5]);
  }
  for (let y = 0; y < length; y += 6) {
    for (const side of [-1, 1]) {
      builder.pole(steel, side * 5.6, y, 0, 7.4, 0.13);
      builder.beam(steel, [side * 5.6, y, 7.2], [0, y, 9.6], 0.16);
      builder.beam(steel, [side * 5.6, y, 5.6], [side * 3.4, y, 7.7], 0.1);
      builder.beam(steel, [side * 5.6, y, 7.2], [side * 11, y, 6.4], 0.14);
    }
    builder.beam(steel, [-5.6, y, 7.2], [5.6, y, 7.2], 0.12);
    builder.beam(steel, [-2.5, y, 7.2], [-1.3, y, 8.9], 0.08);
    builder.beam(steel, [2.5, y, 7.2], [1.3, y, 8.9], 0.08);
    builder.beam(steel, [0, y, 7.2], [0, y, 9.6], 0.08);
  }
}

/** The aisle of a market hall, seen from above its end. */
export function marketHallSouth(): Scene {
  const builder = new MeshBuilder();
  const random = randomFrom(303);
  const length = 58;
  builder.floor(tiles, -12, -10, 12, length + 2, 0);
  const sidewall = plain(colour('#c9bda4'), 0.2);
  builder.box(sidewall, [-11.6, -10, 0], [-11, length, 6.6]);
  builder.box(sidewall, [11, -10, 0], [11.6, length, 6.6]);
  const sign = lettered(plain(colour('#d8cdb4'), 0.15), {
    text: 'EXIT HARBOR ST',
    u: 6.2,
    v: 4.4,
    height: 0.7,
    colour: colour('#28503c'),
  });
  builder.quad(sign, [-12, length, 0], [12, length, 0], [12, length, 10.5], [-12, length, 10.5]);
  builder.box(shining(colour('#dfe9f5'), 1.1), [-2.6, length - 0.3, 0], [2.6, length - 0.1, 3.4]);
  roof(builder, length);
  const lamps: Lamp[] = [];
  const shade = plain(colour('#2a3a33'), 0.1);
  const bulb = shining(colour('#ffdca8'), 5);
  const cloths = ['#a8322b', '#2f6b4a', '#2c5687', '#b98224', '#7b2f5d', '#3f7f86'].map(colour);
  for (let y = 3; y < length - 3; y += 4.6) {
    for (const side of [-1, 1]) {
      const paint = cloths[Math.floor(random() * cloths.length)] ?? [0.5, 0.1, 0.1];
      stall(builder, side * 4.4, y, side > 0 ? Math.PI / 2 : -Math.PI / 2, paint);
      stall(builder, side * 9, y, side > 0 ? Math.PI / 2 : -Math.PI / 2, paint);
      if (random() < 0.6) crates(builder, side * 2.9 - 0.6, y + 1.7, 3 + Math.floor(random() * 4));
      const [lampX, lampY] = [side * 3.4, y + 0.1];
      builder.beam(shade, [lampX, lampY, 3.3], [lampX, lampY, 7.2], 0.03);
      builder.pole(shade, lampX, lampY, 3.05, 3.35, 0.3, 0.05);
      builder.box(bulb, [lampX - 0.1, lampY - 0.1, 2.98], [lampX + 0.1, lampY + 0.1, 3.06]);
      if (y < 32) lamps.push({ at: [lampX, lampY, 2.95], colour: colour('#ffd9a0'), strength: 3.2, cone: 75 });
    }
  }
  const ways: Stop[][] = [
    [
      [-1.6, -8],
      [-1.2, 20],
      [-1.6, 57],
    ],
    [
      [0.2, -8],
      [0.6, 25],
      [0, 57],
    ],
    [
      [1.3, -8],
      [1.7, 15],
      [1.2, 57],
    ],
    [
      [-0.6, -8],
      [-1.9, 12],
      [0.8, 30],
      [-0.8, 57],
    ],
  ];
  const shoppers: Mover[] = [5.5, 9.8, 14, 19.5, 24, 28.4].map((y, index) =>
    stand(index % 2 === 0 ? 2.6 : -2.6, y, index % 2 === 0 ? -Math.PI / 2 : Math.PI / 2, random),
  );
  return {
    mesh: builder.build(),
    lighting: indoors([0.34, 0.35, 0.36], lamps),
    view: { position: [0.9, -6.5, 5.4], target: [-0.5, 14, 1.6], opening: 80, barrel: 0.12, tilt: 0.5 },
    tone: { exposure: 1.7, warmth: 1.02, saturation: 0.95 },
    grain: 1.8,
    movers: [...walkers(ways, random), ...shoppers],
  };
}
