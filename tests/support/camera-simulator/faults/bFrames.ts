import type { Fault } from './Fault.ts';

export const bFrames: Fault = {
  standsFor: 'Cameras set to Main profile with B-frames, which browsers do not show over WebRTC.',
  clipVariant: 'bFrames',
};
