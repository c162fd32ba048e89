import type { Fault } from './Fault.ts';

const YEAR_MS = 365.25 * 24 * 3600 * 1000;

export const clockYearsOff: Fault = {
  standsFor: 'Cameras without a battery or time server: sender reports tell a time that is twenty years ago.',
  wallClock: (wallClockMs) => wallClockMs - 20 * YEAR_MS,
};
