import type { Fault } from './Fault.ts';

export const wrongProfileLevelId: Fault = {
  standsFor: 'Cameras whose SDP names a fixed profile and level (High 5.1) whatever the encoder is set to.',
  describe: (lines) => lines.map((line) => line.replace(/profile-level-id=\w+/, 'profile-level-id=640033')),
};
