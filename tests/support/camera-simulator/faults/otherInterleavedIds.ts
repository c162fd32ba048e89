import type { Fault } from './Fault.ts';

export const otherInterleavedIds: Fault = {
  standsFor: 'Cameras that answer SETUP with interleaved channels of their own choice and send on those.',
  interleavedIdOffset: 4,
};
