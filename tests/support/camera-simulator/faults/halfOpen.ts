import type { Fault } from './Fault.ts';

export const halfOpen: Fault = {
  standsFor: 'A camera that lost its power or network: the connection stays open here, and nothing is ever answered.',
  answer: () => 'silence',
  frameAt: () => undefined,
};
