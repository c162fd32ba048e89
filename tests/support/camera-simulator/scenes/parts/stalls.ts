// Markets, cafés and what people sit under.
import { colour, setColour } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';
import type { MeshBuilder, Point } from '../render/Mesh.ts';
import { hash2 } from '../render/noise.ts';
import { stripes } from './facade.ts';
import { plain } from './ground.ts';

const WOOD = plain(colour('#8a6a45'), 0.35);
const POLE = plain(colour('#b9bcbd'), 0.1, 0.03);
const CREAM = colour('#ece4cf');
const PRODUCE = ['#c8372b', '#d98a25', '#d8c23a', '#6f9a35', '#7a3b6e', '#8d5a2f'].map(colour);

/** Heaps of fruit, each box of another kind. */
const produce: Material = ({ x, y, width }, look) => {
  const kind = PRODUCE[Math.floor(hash2(Math.floor(x / 0.55), Math.floor(y / 0.6)) * PRODUCE.length)] ?? CREAM;
  const piece = width < 0.12 ? hash2(Math.floor(x / 0.08), Math.floor(y / 0.08)) : 0.5;
  setColour(look, kind, 0.7 + 0.5 * piece);
};

/** A stall with a striped roof; its front looks along y before it is turned by `yaw`. */
export function stall(builder: MeshBuilder, x: number, y: number, yaw: number, paint: Colour): void {
  builder.at(x, y, 0, yaw, () => {
    const roof = stripes(paint, CREAM, 0.3);
    for (const [px, py] of [
      [-1.4, -1],
      [1.4, -1],
      [-1.4, 1],
      [1.4, 1],
    ] as const) {
      builder.pole(POLE, px, py, 0, 2.4, 0.035);
    }
    builder.quad(roof, [-1.6, 1.35, 2.1], [1.6, 1.35, 2.1], [1.6, -1.1, 2.75], [-1.6, -1.1, 2.75]);
    builder.quad(roof, [-1.6, 1.36, 1.85], [1.6, 1.36, 1.85], [1.6, 1.35, 2.1], [-1.6, 1.35, 2.1]);
    builder.box(WOOD, [-1.5, 0.1, 0], [1.5, 1, 0.8]);
    builder.quad(produce, [-1.45, 1.1, 0.82], [1.45, 1.1, 0.82], [1.45, 0.1, 1.12], [-1.45, 0.1, 1.12]);
    builder.box(WOOD, [-1.4, -0.9, 0], [1.4, -0.5, 1.1]);
  });
}

export function crates(builder: MeshBuilder, x: number, y: number, count: number): void {
  for (let crate = 0; crate < count; crate += 1) {
    const [dx, level] = [(crate % 3) * 0.55, Math.floor(crate / 3) * 0.32];
    builder.box(WOOD, [x + dx, y, level], [x + dx + 0.5, y + 0.36, level + 0.28], produce);
  }
}

/** A sunshade with eight sides, and a table with chairs under it. */
export function sunshade(builder: MeshBuilder, x: number, y: number, paint: Colour): void {
  const cloth = plain(paint, 0.1);
  builder.pole(POLE, x, y, 0, 2.5, 0.03);
  const at = (side: number): Point => [
    x + 1.5 * Math.cos((side * Math.PI) / 4),
    y + 1.5 * Math.sin((side * Math.PI) / 4),
    2.15,
  ];
  for (let side = 0; side < 8; side += 1) builder.triangle(cloth, [at(side), at(side + 1), [x, y, 2.6]]);
  builder.pole(WOOD, x + 0.1, y, 0.7, 0.74, 0.4);
  for (const angle of [0.4, 2.4, 4.5]) {
    const [cx, cy] = [x + 0.8 * Math.cos(angle), y + 0.8 * Math.sin(angle)];
    builder.box(WOOD, [cx - 0.2, cy - 0.2, 0.4], [cx + 0.2, cy + 0.2, 0.45]);
    builder.box(WOOD, [cx - 0.2, cy - 0.2, 0], [cx - 0.15, cy + 0.2, 0.9]);
  }
}
