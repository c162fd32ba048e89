import { colour } from '../render/Material.ts';
import type { Material } from '../render/Material.ts';
import type { MeshBuilder } from '../render/Mesh.ts';
import { randomFrom } from '../render/noise.ts';
import { facade } from './facade.ts';
import type { FacadeStyle } from './facade.ts';
import { plain } from './ground.ts';

export interface Footprint {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const ROOF = plain(colour('#77746f'), 0.3);
const VENT = plain(colour('#9a9c9c'), 0.2);
const STONE = plain(colour('#b9b2a2'), 0.2);

/** A house as a box with a cornice, a ledge over the shops, and what stands on roofs. */
export function building(
  builder: MeshBuilder,
  { x0, y0, x1, y1 }: Footprint,
  height: number,
  style: FacadeStyle | Material,
  trim: Material = STONE,
): void {
  const front = typeof style === 'function' ? style : facade(style);
  const shopHeight = typeof style === 'function' ? 0 : (style.shopHeight ?? 0);
  builder.box(front, [x0, y0, 0], [x1, y1, height], ROOF);
  const rim = 0.28;
  builder.box(trim, [x0 - rim, y0 - rim, height - 0.55], [x1 + rim, y1 + rim, height - 0.2], trim);
  // A parapet, so that the roof does not end in an edge of paper.
  builder.box(trim, [x0, y0, height - 0.2], [x1, y0 + 0.3, height + 0.7]);
  builder.box(trim, [x0, y1 - 0.3, height - 0.2], [x1, y1, height + 0.7]);
  builder.box(trim, [x0, y0, height - 0.2], [x0 + 0.3, y1, height + 0.7]);
  builder.box(trim, [x1 - 0.3, y0, height - 0.2], [x1, y1, height + 0.7]);
  if (shopHeight > 0) {
    builder.box(trim, [x0 - 0.2, y0 - 0.2, shopHeight], [x1 + 0.2, y1 + 0.2, shopHeight + 0.25]);
  }
  const random = randomFrom(Math.round(x0 * 13 + y0 * 7 + height * 3) + 1);
  for (let box = 0; box < 4; box += 1) {
    const size = 0.8 + random() * 1.8;
    const x = x0 + 1 + random() * Math.max(0, x1 - x0 - 2 - size);
    const y = y0 + 1 + random() * Math.max(0, y1 - y0 - 2 - size);
    builder.box(VENT, [x, y, height], [x + size, y + size * 0.8, height + 0.6 + random() * 1.4]);
  }
}
