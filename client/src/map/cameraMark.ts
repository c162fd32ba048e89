import type { StreamHealth } from '@commonsight/types/health';
import type { StatusKind } from '../ui/StatusSymbol.tsx';
import { mapColors } from './mapColors.ts';

/** How a camera's health is drawn on the map. `ready`: nobody looks, and nothing speaks against looking. */
export type CameraMark = 'ready' | Exclude<StatusKind, 'alert'>;

const marksOfStates: Readonly<Record<StreamHealth['state'], CameraMark>> = {
  idle: 'ready',
  connecting: 'waiting',
  waitingForKeyFrame: 'waiting',
  live: 'live',
  degraded: 'warn',
  stale: 'stale',
  cameraOffline: 'off',
  relayOffline: 'off',
};

export function cameraMark(health: StreamHealth): CameraMark {
  return marksOfStates[health.state];
}

const worstFirst: readonly CameraMark[] = ['off', 'stale', 'warn', 'waiting', 'live', 'ready'];

/** The mark of a cluster: that of the member which needs a look most. */
export function worstMark(marks: readonly CameraMark[]): CameraMark {
  return worstFirst.find((mark) => marks.includes(mark)) ?? 'ready';
}

export const markColors: Readonly<Record<CameraMark, string>> = {
  ready: mapColors.muted,
  waiting: mapColors.muted,
  live: mapColors.live,
  warn: mapColors.warn,
  stale: mapColors.stale,
  off: mapColors.off,
};

/** A short word for a mark, for labels and the counts of a cluster. */
export const markWords: Readonly<Record<CameraMark, string>> = {
  ready: 'ready',
  waiting: 'connecting',
  live: 'live',
  warn: 'degraded',
  stale: 'stale',
  off: 'offline',
};
