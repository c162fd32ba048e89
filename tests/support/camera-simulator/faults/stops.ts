import type { Fault } from './Fault.ts';

export const stops: Fault = {
  standsFor: 'Cameras whose encoder dies: the session lives and answers, but no packet comes any more.',
  frameAt: () => undefined,
};
