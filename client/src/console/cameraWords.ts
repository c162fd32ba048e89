import type { Camera } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import { type CameraMark, cameraMark } from '../map/cameraMark.ts';
import { modeWords } from '../sharing/operatorWords.ts';
import { cameraHealth } from '../state/cameras.ts';

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

/** How a camera is, for a row of a list: a word, and the mark that it has on the map too. */
export function cameraWords(camera: Pick<Camera, 'sharingMode' | 'streams'>): { mark: CameraMark; word: string } {
  const mark = cameraMark(camera);
  return { mark, word: mark === 'notShared' ? modeWords[camera.sharingMode] : words[cameraHealth(camera).state] };
}
