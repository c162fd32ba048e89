import type { Position } from '@commonsight/types/position';
import { moved } from '../src/training/moved.ts';

const cityMetres = 30_000;

/** Half of the cameras stand in the inner fifth of the city, as people do. */
export function somewhere(random: () => number, centre: Position): Position {
  const reach = random() < 0.5 ? cityMetres / 5 : cityMetres;
  const along = () => (random() - 0.5) * reach;
  return moved(centre, { eastMetres: along(), northMetres: along() });
}

export const someView = (random: () => number) => ({
  bearingDegrees: Math.floor(random() * 360),
  angleDegrees: 60 + random() * 60,
  rangeMetres: 10 + random() * 90,
});
