import type { Fault } from './Fault.ts';

const PERIOD_FRAMES = 120;

export const resolutionChange: Fault = {
  standsFor:
    'A camera whose owner changes the resolution while it is watched: every 4 s, with a key frame of the new size.',
  clipVariantAt: (liveFrame) => (Math.floor(liveFrame / PERIOD_FRAMES) % 2 === 0 ? 'normal' : 'otherSize'),
};
