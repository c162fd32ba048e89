import { type Area, areaSchema } from '@commonsight/types/registration';
import type { Position } from '@commonsight/types/position';
import { boundsOf, type Bounds } from '../../map/geometry.ts';
import { numberOf } from '../draft/answers.ts';

export const sides = ['north', 'south', 'west', 'east'] as const;

/** As they are typed, in degrees. */
export type AreaFields = Record<(typeof sides)[number], string>;

export function fieldsOf(area: Area | null): AreaFields {
  const text = (side: keyof Area) => (area === null ? '' : String(area[side]));
  return { north: text('north'), south: text('south'), west: text('west'), east: text('east') };
}

/** What is wrong, by field; an area that is empty is said beside its northern and eastern side. */
export function problemsOf(fields: AreaFields): Partial<AreaFields> {
  const found: Partial<AreaFields> = {};
  for (const side of sides) {
    const limit = side === 'north' || side === 'south' ? 90 : 180;
    const number = numberOf(fields[side]);
    if (number === null || Math.abs(number) > limit) found[side] = `Give a number between −${limit} and ${limit}.`;
  }
  if (Object.keys(found).length > 0) return found;
  const { north, south, west, east } = numbersOf(fields);
  if (north <= south) found.north = 'The northern side lies north of the southern one.';
  if (east <= west) found.east = 'The eastern side lies east of the western one.';
  return found;
}

/** Throws when `problemsOf` finds something. */
export function areaOf(fields: AreaFields): Area {
  return areaSchema.parse(numbersOf(fields));
}

/** A rectangle around the positions, with room about it: a tenth of a degree, in whole hundredths. */
export function areaAround(positions: readonly Position[]): Area | null {
  const bounds = boundsOf(positions);
  if (bounds === null) return null;
  const wide: Bounds = {
    south: Math.max(-90, Math.floor(bounds.south * 100 - 10) / 100),
    west: Math.max(-180, Math.floor(bounds.west * 100 - 10) / 100),
    north: Math.min(90, Math.ceil(bounds.north * 100 + 10) / 100),
    east: Math.min(180, Math.ceil(bounds.east * 100 + 10) / 100),
  };
  return wide;
}

function numbersOf(fields: AreaFields): Area {
  const number = (side: keyof AreaFields) => numberOf(fields[side]) ?? Number.NaN;
  return { north: number('north'), south: number('south'), west: number('west'), east: number('east') };
}
