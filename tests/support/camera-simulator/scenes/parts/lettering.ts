import { GLYPH_COLUMNS, GLYPH_ROWS, hasInk } from '../../bar/font.ts';
import { blendColour, setGlow } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';

export interface Lettering {
  readonly text: string;
  /** Lower left corner of the first letter, in metres on the surface, and the height of the letters. */
  readonly u: number;
  readonly v: number;
  readonly height: number;
  readonly colour: Colour;
  /** Above 0 for letters that shine. */
  readonly glow?: number;
}

/** A surface with writing on it. */
export function lettered(base: Material, { text, u, v, height, colour, glow = 0 }: Lettering): Material {
  const dot = height / (GLYPH_ROWS - 1);
  const pitch = (GLYPH_COLUMNS + 1) * dot;
  return (at, look) => {
    base(at, look);
    const along = at.u - u;
    const letter = Math.floor(along / pitch);
    if (letter < 0 || letter >= text.length) return;
    const row = GLYPH_ROWS - 2 - Math.floor((at.v - v) / dot);
    if (!hasInk(text[letter] ?? ' ', Math.floor((along - letter * pitch) / dot), row)) return;
    blendColour(look, colour, 0.95);
    look.mirror = 0;
    if (glow > 0) setGlow(look, colour, glow);
  };
}
