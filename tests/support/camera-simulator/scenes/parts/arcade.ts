import { above, between, blendColour, colour, scaleColour, setColour, setGlow } from '../render/Material.ts';
import type { Colour, Material } from '../render/Material.ts';
import { hash2 } from '../render/noise.ts';
import { wall } from './facade.ts';
import type { WallKind } from './facade.ts';

export interface ArcadeStyle {
  readonly kind: WallKind;
  readonly wall: Colour;
  /** Distance between the arches, their width, the height where the curve begins, and their foot. */
  readonly bay: number;
  readonly opening: number;
  readonly spring: number;
  readonly foot?: number;
  /** Light behind the panes. */
  readonly lit?: number;
  readonly seed?: number;
}

const GLASS = colour('#2c363c');
const FRAME = colour('#2f4037');
const WARM = colour('#ffcd86');
const STONE = colour('#cfc6b2');

/** A wall with round-headed windows in a row: halls, stations, libraries. */
export function arcade(style: ArcadeStyle): Material {
  const { kind, bay, opening, spring, foot = 0.6, lit = 0, seed = 0 } = style;
  const base = wall(kind, style.wall, seed);
  return (at, look) => {
    base(at, look);
    const { u, v, width } = at;
    const column = Math.floor(u / bay);
    const aside = u - (column + 0.5) * bay;
    const radius = opening / 2;
    // Distance to the opening's edge: below the spring a straight jamb, above it a half circle.
    const inside = v < spring ? radius - Math.abs(aside) : radius - Math.hypot(aside, v - spring);
    const isOpen = above(inside, 0, width) * above(v, foot, width);
    const rim = above(inside, -0.4, width) * above(v, foot, width);
    if (rim > 0) blendColour(look, STONE, rim * (hash2(Math.floor(v / 0.5), column) * 0.25 + 0.6));
    if (isOpen === 0) return;
    const pane = Math.max(
      between(((u % 0.8) + 0.8) % 0.8, 0, 0.07, width),
      between(((v % 1.1) + 1.1) % 1.1, 0, 0.07, width),
    );
    const before = [look.red, look.green, look.blue] as const;
    setColour(look, GLASS, 0.8 + 0.5 * hash2(Math.floor(u / 0.8), Math.floor(v / 1.1)));
    look.mirror = 0.18 * isOpen;
    if (lit > 0)
      setGlow(
        look,
        WARM,
        lit * (0.5 + 0.5 * hash2(Math.floor(u / 1.6) + seed, Math.floor(v / 2.2))) * isOpen * (1 - pane),
      );
    blendColour(look, FRAME, pane);
    if (inside < 0.3) scaleColour(look, 0.6);
    look.red = before[0] + (look.red - before[0]) * isOpen;
    look.green = before[1] + (look.green - before[1]) * isOpen;
    look.blue = before[2] + (look.blue - before[2]) * isOpen;
  };
}
