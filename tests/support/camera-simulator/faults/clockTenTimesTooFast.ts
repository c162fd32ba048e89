import { FRAMES_PER_SECOND } from '../stamp.ts';
import type { Fault } from './Fault.ts';

const TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;

export const clockTenTimesTooFast: Fault = {
  standsFor: 'Firmware that counts RTP time in a wrong unit: timestamps run ten times too fast.',
  timestamp: (timestamp, liveFrame) => timestamp + ((liveFrame * TICKS_PER_FRAME * 9) % 2 ** 32),
};
