import type { Camera } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import { modeWords } from '../sharing/operatorWords.ts';
import { cameraHealth } from '../state/cameras.ts';
import type { StatusKind } from '../ui/StatusSymbol.tsx';
import { mapColors } from './mapColors.ts';

/**
 * How a camera is drawn on the map and in lists. `ready`: nobody looks, and nothing speaks against looking. `notShared`: its
 * owner does.
 */
export type CameraMark = 'ready' | 'notShared' | Exclude<StatusKind, 'alert'>;

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

/** Its health, unless its owner shares no live picture. A camera that is out of reach is so for its owner too. */
export function cameraMark(camera: Pick<Camera, 'sharingMode' | 'streams'>): CameraMark {
  const mark = marksOfStates[cameraHealth(camera).state];
  const isShared = camera.sharingMode === 'always' || (camera.sharingMode === 'onAlert' && mark !== 'ready');
  return isShared || mark === 'off' ? mark : 'notShared';
}

/** Whether a camera could show a picture now, as far as its mark tells. */
export function couldShow(camera: Pick<Camera, 'sharingMode' | 'streams'>): boolean {
  const mark = cameraMark(camera);
  return mark !== 'off' && mark !== 'notShared';
}

const worstFirst: readonly CameraMark[] = ['off', 'stale', 'warn', 'waiting', 'live', 'ready', 'notShared'];

/** The mark of a cluster: that of the member which needs a look most. */
export function worstMark(marks: readonly CameraMark[]): CameraMark {
  return worstFirst.find((mark) => marks.includes(mark)) ?? 'ready';
}

export const markColors: Readonly<Record<CameraMark, string>> = {
  ready: mapColors.muted,
  notShared: mapColors.muted,
  waiting: mapColors.muted,
  live: mapColors.live,
  warn: mapColors.warn,
  stale: mapColors.stale,
  off: mapColors.off,
};

/** A short word for a mark, for labels and the counts of a cluster. */
export const markWords: Readonly<Record<CameraMark, string>> = {
  ready: 'ready',
  notShared: 'not shared live',
  waiting: 'connecting',
  live: 'live',
  warn: 'degraded',
  stale: 'stale',
  off: 'offline',
};

/** The word for one camera: of one that is not shared live it says what its owner does share. */
export function markWordOf(camera: Pick<Camera, 'sharingMode' | 'streams'>): string {
  const mark = cameraMark(camera);
  return mark === 'notShared' ? modeWords[camera.sharingMode].toLowerCase() : markWords[mark];
}
