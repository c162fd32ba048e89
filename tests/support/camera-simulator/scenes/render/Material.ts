export type Colour = readonly [red: number, green: number, blue: number];

/** Where a material is asked how it looks. One object is used over and over: materials must not keep it. */
export interface SurfacePoint {
  x: number;
  y: number;
  z: number;
  /** Place on the surface in metres, from its first corner. */
  u: number;
  v: number;
  /** Metres of surface that one pixel covers: finer detail must be left out, or it flickers into moiré. */
  width: number;
}

/** How a surface looks at a point: linear light from 0 to 1. */
export interface Look {
  red: number;
  green: number;
  blue: number;
  /** Light of its own. */
  glowRed: number;
  glowGreen: number;
  glowBlue: number;
  /** Part of the light that it mirrors when looked at straight: 0 for stone, 0.08 for glass and wet ground. */
  mirror: number;
}

export type Material = (at: SurfacePoint, look: Look) => void;

export function setColour(look: Look, [red, green, blue]: Colour, brightness = 1): void {
  look.red = red * brightness;
  look.green = green * brightness;
  look.blue = blue * brightness;
}

export function blendColour(look: Look, [red, green, blue]: Colour, part: number): void {
  look.red += (red - look.red) * part;
  look.green += (green - look.green) * part;
  look.blue += (blue - look.blue) * part;
}

export function scaleColour(look: Look, brightness: number): void {
  look.red *= brightness;
  look.green *= brightness;
  look.blue *= brightness;
}

export function setGlow(look: Look, [red, green, blue]: Colour, strength: number): void {
  look.glowRed = red * strength;
  look.glowGreen = green * strength;
  look.glowBlue = blue * strength;
}

/** A colour as designers write it, `#rrggbb`, in linear light. */
export function colour(hex: string): Colour {
  const part = (from: number): number => (Number.parseInt(hex.slice(from, from + 2), 16) / 255) ** 2.2;
  return [part(1), part(3), part(5)];
}

/** 0 below an edge, 1 above it, and a ramp of one pixel between. */
export function above(value: number, edge: number, width: number): number {
  return Math.min(1, Math.max(0, (value - edge) / Math.max(width, 1e-6) + 0.5));
}

/** How much of the pixel lies between two edges. */
export function between(value: number, from: number, to: number, width: number): number {
  return Math.min(1, Math.max(0, above(value, from, width) - above(value, to, width)));
}
