import type { Role } from '@commonsight/types/permission';
import type { Position, ViewCone } from '@commonsight/types/position';
import { trainingCityCorner } from '@commonsight/types/training-city';
import { moved } from './moved.ts';

/** How far back from a corner's middle a camera hangs, on the house that it looks away from. */
const setBackMetres = 11;

export const trainingAgencyName = 'Lakeport Police';

export const trainingUsers: readonly { role: Role; name: string; email: string }[] = [
  { role: 'analyst', name: 'Ana Ruiz', email: 'analyst@training.example' },
  { role: 'dispatcher', name: 'Kim Lo', email: 'dispatcher@training.example' },
  { role: 'supervisor', name: 'Sam Okafor', email: 'supervisor@training.example' },
  { role: 'auditor', name: 'Noor Haddad', email: 'auditor@training.example' },
  { role: 'administrator', name: 'Ade Lindqvist', email: 'administrator@training.example' },
];

export const trainingSite = {
  name: 'Lakeport training site',
  address: '1 Market Plaza, Lakeport',
  position: trainingCityCorner('Market St', '2nd St'),
};

export interface TrainingCamera {
  name: string;
  position: Position;
  viewCone: ViewCone;
}

/** The cameras by number, from 1. Each hangs at a corner of Lakeport's streets. */
export const trainingCameras: readonly TrainingCamera[] = [
  at('Harbor & 3rd', 'Canal St', '3rd St', { bearing: 95, angle: 75, range: 140 }),
  at('Market hall north', 'Market St', '2nd St', { bearing: 165, angle: 85, range: 120 }),
  at('Market hall south', 'Commerce St', '2nd St', { bearing: 20, angle: 85, range: 120 }),
  at('Transit stop 4', 'Wisconsin Ave', '4th St', { bearing: 80, angle: 90, range: 110 }),
  at('River bridge east', 'Wisconsin Ave', 'Water Ave', { bearing: 270, angle: 60, range: 190 }),
  at('Union square', 'Wisconsin Ave', 'Union St', { bearing: 35, angle: 110, range: 130 }),
  at('Loading dock 2', 'Erie St', 'Jackson St', { bearing: 200, angle: 65, range: 90 }),
  at('Parking deck level 1', 'Mill St', 'Broadway', { bearing: 310, angle: 70, range: 80 }),
  at('School crossing', 'Highland St', 'Jefferson St', { bearing: 130, angle: 100, range: 100 }),
  at('Alley Pine St', 'State St', '5th St', { bearing: 355, angle: 45, range: 120 }),
  at('City hall steps', 'Mill St', '6th Ave', { bearing: 300, angle: 80, range: 130 }),
  at('Stadium gate B', 'Walker St', '4th St', { bearing: 60, angle: 95, range: 150 }),
  at('Library entrance', 'State St', 'Astor St', { bearing: 220, angle: 75, range: 90 }),
  at('Ferry terminal', 'Wisconsin Ave', 'Lake Ave', { bearing: 88, angle: 70, range: 220 }),
  at('Park pavilion', 'Garfield St', 'Union St', { bearing: 10, angle: 120, range: 160 }),
  at('Highway ramp 12', 'Wisconsin Ave', '8th St', { bearing: 265, angle: 50, range: 250 }),
];

/** Open training incidents, in the order of their numbers from 2040. */
export const firstTrainingIncidentNumber = 2040;

export const trainingIncidents: readonly {
  title: string;
  priority: 1 | 2;
  position: Position;
  /** Numbers of cameras. */
  cameras: readonly number[];
}[] = [
  {
    title: 'Crash on River bridge',
    priority: 2,
    position: moved(trainingCityCorner('Wisconsin Ave', 'Water Ave'), { eastMetres: -125, northMetres: 0 }),
    cameras: [5, 4, 8],
  },
  {
    title: 'Robbery at Market hall',
    priority: 1,
    position: moved(trainingCityCorner('Market St', '2nd St'), { eastMetres: 20, northMetres: -62 }),
    cameras: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  },
];

/** Which of the incidents the wall is bound to, and for which the training users hold a grant. */
export const wallIncidentIndex = 1;

export const trainingWall = { name: 'Downtown', layout: '9', cameras: [1, 2, 3, 4, 5, 6, 7, 8, 9] } as const;

function at(
  name: string,
  street: string,
  crossing: string,
  cone: { bearing: number; angle: number; range: number },
): TrainingCamera {
  const radians = (cone.bearing * Math.PI) / 180;
  return {
    name,
    position: moved(trainingCityCorner(street, crossing), {
      eastMetres: -setBackMetres * Math.sin(radians),
      northMetres: -setBackMetres * Math.cos(radians),
    }),
    viewCone: { bearingDegrees: cone.bearing, angleDegrees: cone.angle, rangeMetres: cone.range },
  };
}
