import type { Fault } from './Fault.ts';

export const repeatsOneFrame: Fault = {
  standsFor: 'Cameras whose sensor hangs: the encoder goes on at full rate with one and the same picture.',
  frameAt: () => 0,
};
