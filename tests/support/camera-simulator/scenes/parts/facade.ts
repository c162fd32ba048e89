import { above, between, blendColour, colour, scaleColour, setColour, setGlow } from '../render/Material.ts';
import type { Colour, Look, Material } from '../render/Material.ts';
import { cloudNoise, hash2 } from '../render/noise.ts';

export type WallKind = 'brick' | 'plaster' | 'stone' | 'concrete' | 'metal';

export interface FacadeStyle {
  readonly wall: Colour;
  readonly kind: WallKind;
  /** Metres between floors and between window axes. */
  readonly storey?: number;
  readonly bay?: number;
  /** Window size as parts of bay and storey. */
  readonly windowWidth?: number;
  readonly windowHeight?: number;
  readonly frame?: Colour;
  /** Height of a glazed ground floor; 0 for none. */
  readonly shopHeight?: number;
  readonly sign?: Colour;
  /** Part of the windows with light in them. */
  readonly lit?: number;
  readonly seed?: number;
}

const GLASS = colour('#2a333a');
const MORTAR = colour('#a39a8c');
const CURTAIN = colour('#b9b3a4');
const WARM_LIGHT = colour('#ffcf87');
const COLD_LIGHT = colour('#d8e6ff');
const DARK_FRAME = colour('#3a3b3d');

function paintWall(kind: WallKind, wall: Colour, look: Look, u: number, v: number, width: number, seed: number): void {
  const weather = cloudNoise(u * 0.35 + seed, v * 0.2, 4, width * 0.35);
  setColour(look, wall, 0.8 + weather * 0.4);
  // Rain leaves dark streaks below ledges.
  scaleColour(look, 1 - 0.18 * above(cloudNoise(u * 2.2, seed, 2), 0.6, 0.2) * Math.min(1, width < 0.5 ? 1 : 0.4));
  if (kind === 'brick' && width < 0.14) {
    const row = Math.floor(v / 0.085);
    const shift = row % 2 === 0 ? 0 : 0.11;
    const brick = hash2(Math.floor((u + shift) / 0.22), row + seed);
    const part = 1 - width / 0.14;
    scaleColour(look, 1 + (brick - 0.5) * 0.5 * part);
    const joint = Math.max(
      between((((u + shift) % 0.22) + 0.22) % 0.22, 0, 0.015, width),
      between(v % 0.085, 0, 0.013, width),
    );
    blendColour(look, MORTAR, joint * 0.6 * part);
  } else if (kind === 'stone' && width < 0.6) {
    const row = Math.floor(v / 0.6);
    const shift = row % 2 === 0 ? 0 : 0.6;
    const block = hash2(Math.floor((u + shift) / 1.2), row + seed);
    scaleColour(look, 0.93 + block * 0.14);
    const wide = Math.max(width, 0.03);
    const joint = Math.max(
      between((((u + shift) % 1.2) + 1.2) % 1.2, 0, 0.04, wide),
      between(((v % 0.6) + 0.6) % 0.6, 0, 0.04, wide),
    );
    scaleColour(look, 1 - joint * 0.3);
  } else if (kind === 'concrete' && width < 1) {
    const joint = Math.max(
      between(((u % 3) + 3) % 3, 0, 0.05, width),
      between(((v % 1.6) + 1.6) % 1.6, 0, 0.04, width),
    );
    scaleColour(look, 1 - joint * 0.35);
  } else if (kind === 'metal' && width < 0.3) {
    scaleColour(look, 0.88 + 0.2 * Math.abs(Math.sin((u * Math.PI) / 0.3)));
  }
}

/** What is behind a window: dark glass, a curtain, or a lit room. `across` and `up` run from 0 to 1 over the pane. */
function paintWindow(look: Look, style: FacadeStyle, column: number, storey: number, across: number, up: number): void {
  const { lit = 0, seed = 0 } = style;
  const kind = hash2(column * 7 + seed, storey * 13 + seed);
  setColour(look, GLASS, 0.8 + 0.4 * kind);
  look.mirror = 0.22;
  if (hash2(column + seed * 3, storey) < lit) {
    const tint = hash2(column, storey + seed) < 0.72 ? WARM_LIGHT : COLD_LIGHT;
    // Ceilings are brighter than floors, and things stand in the way.
    const room = (0.35 + 0.65 * up) * (0.55 + 0.6 * hash2(Math.floor(across * 4) + column, storey));
    setGlow(look, tint, (0.3 + 0.9 * kind) * room);
    look.mirror = 0.05;
  } else if (kind > 0.55 && (across < 0.24 || across > 0.76 || up > 1.75 - kind)) {
    blendColour(look, CURTAIN, 0.75);
    look.mirror = 0.1;
  }
}

function paintShop(look: Look, style: FacadeStyle, u: number, v: number, width: number): void {
  const { shopHeight = 0, sign = DARK_FRAME, lit = 0, seed = 0, frame = DARK_FRAME } = style;
  const pane = 2.4;
  const column = Math.floor(u / pane);
  const shop = Math.floor(column / 3);
  if (v > shopHeight - 0.85) {
    setColour(look, sign, 0.7 + 0.6 * hash2(shop + seed, 3));
    // Something like letters in the middle of the sign.
    const along = u / pane - shop * 3;
    const isText = v > shopHeight - 0.62 && v < shopHeight - 0.28 && along > 0.7 && along < 2.3;
    if (isText && hash2(Math.floor(u / 0.22), shop + seed) > 0.35) {
      blendColour(look, colour('#f0ead8'), Math.max(0.25, 0.85 - width * 4));
      if (lit > 0) setGlow(look, WARM_LIGHT, 0.7);
    }
    return;
  }
  const across = (((u % pane) + pane) % pane) / pane;
  const isFrame = across < 0.04 || across > 0.96 || v < 0.35 || v > shopHeight - 0.95;
  if (isFrame) {
    setColour(look, frame);
    return;
  }
  setColour(look, GLASS, 1.3);
  look.mirror = 0.2;
  const goods = hash2(Math.floor(u / 0.45) + seed, Math.floor(v / 0.55));
  if (v < 1.5) blendColour(look, [goods * 0.5, hash2(column, shop) * 0.4, 0.25], 0.4);
  if (lit > 0 && hash2(shop, seed + 5) < 0.35 + lit) {
    setGlow(look, hash2(shop, seed) < 0.6 ? WARM_LIGHT : COLD_LIGHT, (0.35 + 0.55 * goods) * (0.6 + v * 0.2));
    look.mirror = 0.06;
  }
}

/** A house front: rows of windows in a wall, with shops on the ground floor if wanted. */
export function facade(style: FacadeStyle): Material {
  const { wall, kind, storey = 3.4, bay = 2.8, windowWidth = 0.5, windowHeight = 0.55 } = style;
  const { shopHeight = 0, seed = 0, frame = DARK_FRAME } = style;
  return ({ u, v, width }, look) => {
    if (v < shopHeight) {
      paintShop(look, style, u, v, width);
      return;
    }
    const floor = Math.floor((v - shopHeight) / storey);
    const up = (v - shopHeight) / storey - floor;
    const column = Math.floor(u / bay);
    const across = u / bay - column;
    const [left, right] = [0.5 - windowWidth / 2, 0.5 + windowWidth / 2];
    const [low, high] = [0.27, 0.27 + windowHeight];
    const inWindow = between(across, left, right, width / bay) * between(up, low, high, width / storey);
    paintWall(kind, wall, look, u, v, width, seed);
    // Sill and lintel.
    if (up > low - 0.06 && up < low && across > left - 0.04 && across < right + 0.04) scaleColour(look, 1.25);
    if (up >= high && up < high + 0.06 && across > left - 0.02 && across < right + 0.02) scaleColour(look, 0.85);
    if (inWindow === 0) return;
    const pane = [(across - left) / windowWidth, (up - low) / windowHeight] as const;
    const wallLook = [look.red, look.green, look.blue] as const;
    const border = 0.06 + width / bay;
    const isFrame =
      pane[0] < border || pane[0] > 1 - border || pane[1] < 0.05 || pane[1] > 0.95 || Math.abs(pane[0] - 0.5) < 0.03;
    if (isFrame && width < 0.35) setColour(look, frame);
    else paintWindow(look, style, column, floor, pane[0], pane[1]);
    // The reveal throws a little shadow on the upper part of the pane.
    if (pane[1] > 0.85) scaleColour(look, 0.6);
    look.red = wallLook[0] + (look.red - wallLook[0]) * inWindow;
    look.green = wallLook[1] + (look.green - wallLook[1]) * inWindow;
    look.blue = wallLook[2] + (look.blue - wallLook[2]) * inWindow;
    look.mirror *= inWindow;
    look.glowRed *= inWindow;
    look.glowGreen *= inWindow;
    look.glowBlue *= inWindow;
  };
}

export interface CurtainWallStyle {
  readonly tint: Colour;
  readonly lit?: number;
  readonly seed?: number;
  readonly storey?: number;
  readonly pane?: number;
}

/** A front of glass in a metal grid, as office towers have. */
export function curtainWall({ tint, lit = 0, seed = 0, storey = 3.6, pane = 1.5 }: CurtainWallStyle): Material {
  return ({ u, v, width }, look) => {
    const column = Math.floor(u / pane);
    const floor = Math.floor(v / storey);
    const across = u / pane - column;
    const up = v / storey - floor;
    setColour(look, tint, 0.75 + 0.35 * hash2(column + seed, floor));
    look.mirror = 0.3;
    if (up < 0.22) scaleColour(look, 0.6);
    else if (hash2(Math.floor(column / 3) + seed, floor * 3) < lit) {
      setGlow(look, hash2(floor, seed) < 0.4 ? WARM_LIGHT : COLD_LIGHT, 0.25 + 0.45 * hash2(column, floor + seed));
      look.mirror = 0.08;
    }
    const grid = Math.max(between(across, 0, 0.06, width / pane), between(up, 0, 0.05, width / storey));
    blendColour(look, DARK_FRAME, grid * 0.8);
    look.mirror *= 1 - grid * 0.8;
  };
}

/** A wall without windows. */
export function wall(kind: WallKind, base: Colour, seed = 0): Material {
  return ({ u, v, width }, look) => paintWall(kind, base, look, u, v, width, seed);
}

/** Shutters and rolling doors: level slats. */
export function slats(base: Colour, pitch = 0.3): Material {
  return ({ v, width }, look) => {
    const part = Math.min(1, Math.max(0, 1 - width / pitch));
    setColour(look, base, 1 - part * 0.35 * above(((v % pitch) + pitch) % pitch, pitch * 0.7, width));
  };
}

/** Stripes for awnings and barriers. */
export function stripes(one: Colour, other: Colour, pitch: number, along: 'u' | 'v' = 'u'): Material {
  return (at, look) => {
    const value = along === 'u' ? at.u : at.v;
    const place = ((value % (2 * pitch)) + 2 * pitch) % (2 * pitch);
    const part = at.width > pitch * 2 ? 0.5 : between(place, 0, pitch, at.width);
    setColour(look, one);
    blendColour(look, other, part);
  };
}
