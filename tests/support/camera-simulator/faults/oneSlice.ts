import type { Fault } from './Fault.ts';

export const oneSlice: Fault = {
  standsFor:
    'No mistake but the other habit: one slice a picture, without the live clock, which has slices of its own.',
  clipVariant: 'oneSlice',
};
