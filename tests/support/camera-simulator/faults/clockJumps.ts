import type { Fault } from './Fault.ts';

const PERIOD_FRAMES = 60;
const JUMP_TICKS = 3600 * 90_000;

export const clockJumps: Fault = {
  standsFor:
    'Cameras whose RTP clock follows a wall clock that is set while they run: it jumps an hour there and back.',
  timestamp: (timestamp, liveFrame) =>
    Math.floor(liveFrame / PERIOD_FRAMES) % 2 === 0 ? timestamp : timestamp + JUMP_TICKS,
};
