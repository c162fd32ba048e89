import { colour, setColour } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';
import type { MeshBuilder, Point } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import { plain } from './ground.ts';

const BARK = plain(colour('#5a4a3c'), 0.4);
const LEAF_GREEN = colour('#5b7a33');
export const LEAF_DARK = colour('#3f5c2c');
export const LEAF_AUTUMN = colour('#b37a2c');

/** Leaves of slightly different tones, four materials for a whole crown. */
function leafMaterials(base: Colour): Material[] {
  return [0.65, 0.85, 1.05, 1.3].map(
    (brightness): Material =>
      (_at, look) =>
        setColour(look, base, brightness),
  );
}

/** A cloud of leaves around a point: denser outside, as crowns are. */
function leaves(
  builder: MeshBuilder,
  centre: Point,
  radius: Point,
  count: number,
  leafSize: number,
  base: Colour,
  seed: number,
): void {
  const random = randomFrom(seed);
  const materials = leafMaterials(base);
  // A crown is made of several boughs' worth of leaves, which gives it lumps.
  const lumps = Array.from({ length: 9 }, (): Point => {
    const angle = random() * 2 * Math.PI;
    const out = 0.25 + random() * 0.45;
    return [Math.cos(angle) * out, Math.sin(angle) * out, (random() - 0.4) * 0.95];
  });
  for (let leaf = 0; leaf < count; leaf += 1) {
    const lump = lumps[leaf % lumps.length] ?? [0, 0, 0];
    const angle = random() * 2 * Math.PI;
    const rise = random() * 2 - 1;
    const out = 0.42 * Math.cbrt(0.35 + 0.65 * random());
    const flat = Math.sqrt(1 - rise * rise) * out;
    const x = centre[0] + radius[0] * (lump[0] + Math.cos(angle) * flat);
    const y = centre[1] + radius[1] * (lump[1] + Math.sin(angle) * flat);
    const z = centre[2] + radius[2] * (lump[2] + rise * out);
    const corner = (): Point => [
      x + (random() - 0.5) * leafSize * 2,
      y + (random() - 0.5) * leafSize * 2,
      z + (random() - 0.5) * leafSize * 2,
    ];
    const material = materials[Math.floor(random() * materials.length)] ?? BARK;
    builder.triangle(material, [corner(), corner(), corner()]);
  }
}

export interface TreeStyle {
  readonly height?: number;
  readonly leaf?: Colour;
  readonly seed?: number;
  readonly leafCount?: number;
}

export function tree(builder: MeshBuilder, x: number, y: number, style: TreeStyle = {}): void {
  const { height = 7, leaf = LEAF_GREEN, seed = Math.round(x * 31 + y * 17), leafCount = 1500 } = style;
  const random = randomFrom(seed + 5);
  const crown = height * 0.36;
  builder.pole(BARK, x, y, 0, height * 0.6, 0.09 + height * 0.014, 0.05);
  for (let bough = 0; bough < 5; bough += 1) {
    const angle = random() * 2 * Math.PI;
    const from: Point = [x, y, height * (0.35 + 0.1 * random())];
    const to: Point = [
      x + Math.cos(angle) * crown * 0.6,
      y + Math.sin(angle) * crown * 0.6,
      height * (0.6 + 0.15 * random()),
    ];
    builder.beam(BARK, from, to, 0.08);
  }
  leaves(builder, [x, y, height * 0.68], [crown, crown, height * 0.34], leafCount, height * 0.02 + 0.05, leaf, seed);
}

export function bush(builder: MeshBuilder, x: number, y: number, size: number, leaf: Colour = LEAF_DARK): void {
  leaves(builder, [x, y, size * 0.45], [size * 0.8, size * 0.8, size * 0.6], 160, 0.1, leaf, Math.round(x * 7 + y * 3));
}

/** A clipped hedge as a box with a rough skin of leaves. */
export function hedge(builder: MeshBuilder, x0: number, y0: number, x1: number, y1: number, height: number): void {
  const inner: Material = plain(LEAF_DARK, 0.4);
  builder.box(inner, [x0, y0, 0], [x1, y1, height]);
  const random = randomFrom(Math.round(x0 * 11 + y0));
  const materials = leafMaterials(LEAF_DARK);
  const count = Math.min(1200, Math.round(((x1 - x0) * (y1 - y0) + (x1 - x0 + y1 - y0) * height) * 40));
  for (let leaf = 0; leaf < count; leaf += 1) {
    const x = x0 + random() * (x1 - x0);
    const y = y0 + random() * (y1 - y0);
    const z = random() < 0.5 ? height : random() * height;
    const corner = (): Point => [x + (random() - 0.5) * 0.25, y + (random() - 0.5) * 0.25, z + (random() - 0.5) * 0.2];
    builder.triangle(materials[leaf % 4] ?? inner, [corner(), corner(), corner()]);
  }
}
