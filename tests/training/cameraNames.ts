/** The cameras of the training city, in the order of their numbers from 1 on. Lakeport is a fictional city. */
export const TRAINING_CAMERA_NAMES = [
  'Harbor & 3rd',
  'Market hall north',
  'Market hall south',
  'Transit stop 4',
  'River bridge east',
  'Union square',
  'Loading dock 2',
  'Parking deck level 1',
  'School crossing',
  'Alley Pine St',
  'City hall steps',
  'Stadium gate B',
  'Library entrance',
  'Ferry terminal',
  'Park pavilion',
  'Highway ramp 12',
] as const;
