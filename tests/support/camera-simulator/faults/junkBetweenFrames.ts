import type { Fault } from './Fault.ts';

// No dollar sign in it: a receiver can find the next packet by looking for one.
const JUNK = Buffer.from([0x00, 0x00, 0x01, 0xba, 0xff, 0x0d, 0x0a, 0x7f, 0x00, 0x45, 0xc3]);

export const junkBetweenFrames: Fault = {
  standsFor: 'Cameras that leave stray bytes between interleaved packets, often the tail of a larger buffer.',
  junk: () => JUNK,
};
