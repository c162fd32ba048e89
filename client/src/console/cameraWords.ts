import type { StreamHealth } from '@commonsight/types/health';
import { type CameraMark, cameraMark } from '../map/cameraMark.ts';

const words: Readonly<Record<StreamHealth['state'], string>> = {
  idle: 'Ready',
  connecting: 'Connecting',
  waitingForKeyFrame: 'Connecting',
  live: 'Live',
  degraded: 'Degraded',
  stale: 'Stale',
  cameraOffline: 'Offline',
  relayOffline: 'Relay offline',
};

/** A camera's health for a row of a list: a word, and the mark that it has on the map too. */
export function cameraWords(health: StreamHealth): { mark: CameraMark; word: string } {
  return { mark: cameraMark(health), word: words[health.state] };
}
