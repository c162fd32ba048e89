// Lights of different hours and weathers, shared by the places.
import type { Lamp, Lighting } from '../render/Lighting.ts';
import { colour } from '../render/Material.ts';
import type { Point } from '../render/Mesh.ts';

/** A direction from compass (degrees, 0 ahead along y, 90 to the right) and height above the horizon. */
export function sunAt(compass: number, height: number): Point {
  const [c, h] = [(compass * Math.PI) / 180, (height * Math.PI) / 180];
  return [Math.sin(c) * Math.cos(h), Math.cos(c) * Math.cos(h), Math.sin(h)];
}

export function sunnyDay(towards: Point, lamps: readonly Lamp[] = []): Lighting {
  return {
    sun: { towards, colour: colour('#fff3df'), strength: 3 },
    sky: { zenith: colour('#6fa0d8'), horizon: colour('#c8d9e6'), strength: 1.05, clouds: 0.45 },
    bounce: [0.2, 0.19, 0.17],
    haze: { colour: [0.62, 0.69, 0.76], reach: 900 },
    lamps,
  };
}

export function goldenHour(towards: Point, lamps: readonly Lamp[] = []): Lighting {
  return {
    sun: { towards, colour: colour('#ffc98a'), strength: 2.6 },
    sky: { zenith: colour('#7f9cc4'), horizon: colour('#f2cfa6'), strength: 0.75, clouds: 0.5 },
    bounce: [0.17, 0.14, 0.11],
    haze: { colour: [0.72, 0.58, 0.42], reach: 420 },
    lamps,
  };
}

export function overcast(lamps: readonly Lamp[] = []): Lighting {
  return {
    sky: { zenith: colour('#c3c9ce'), horizon: colour('#d9dcdd'), strength: 1.25, clouds: 0.75 },
    bounce: [0.22, 0.21, 0.2],
    haze: { colour: [0.66, 0.69, 0.71], reach: 340 },
    lamps,
    closeness: 11,
  };
}

export function dusk(lamps: readonly Lamp[]): Lighting {
  return {
    sky: { zenith: colour('#32476f'), horizon: colour('#c08a72'), strength: 0.32, clouds: 0.5 },
    bounce: [0.035, 0.035, 0.04],
    haze: { colour: [0.11, 0.1, 0.12], reach: 380 },
    lamps,
    closeness: 9,
  };
}

export function night(lamps: readonly Lamp[]): Lighting {
  return {
    sky: { zenith: colour('#131a2b'), horizon: colour('#3a3140'), strength: 0.22, clouds: 0.4 },
    bounce: [0.008, 0.007, 0.007],
    haze: { colour: [0.016, 0.014, 0.015], reach: 300 },
    lamps,
  };
}

export function indoors(light: Point, lamps: readonly Lamp[]): Lighting {
  return {
    sky: { zenith: light, horizon: light, strength: 1, clouds: 0 },
    bounce: [light[0] * 0.6, light[1] * 0.58, light[2] * 0.55],
    haze: { colour: [0.2, 0.2, 0.2], reach: 3000 },
    lamps,
    closeness: 9,
  };
}
