import type { Fault } from './Fault.ts';

export const relativeControlWithSlash: Fault = {
  standsFor: 'Cameras whose a=control is "/trackID=1" but means a path below the stream, not below the host.',
  describe: (lines) => lines.map((line) => line.replace('a=control:trackID', 'a=control:/trackID')),
};
