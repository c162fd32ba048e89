import type { Fault } from './Fault.ts';

export const parameterSetsOnlyInBand: Fault = {
  standsFor: 'Cameras whose SDP has no sprop-parameter-sets: size and profile are known only with the first key frame.',
  describe: (lines) => lines.map((line) => line.replace(/;sprop-parameter-sets=[^;]*/, '')),
};
