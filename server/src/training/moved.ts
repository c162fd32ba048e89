import type { Position } from '@commonsight/types/position';

const metresPerDegree = 111_195;

/** A position some metres away; exact enough within a city. */
export function moved(from: Position, by: { eastMetres: number; northMetres: number }): Position {
  const shrink = Math.cos((from.latitude * Math.PI) / 180);
  return {
    latitude: from.latitude + by.northMetres / metresPerDegree,
    longitude: from.longitude + by.eastMetres / metresPerDegree / shrink,
  };
}
