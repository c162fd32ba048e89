import type { StreamHealth } from '@commonsight/types/health';
import { formatElapsed } from '../incident/format.ts';

/** A camera's health in one sentence, as the map and the lists say it. */
export function healthSentence(health: StreamHealth, serverNowMs: number): string {
  switch (health.state) {
    case 'idle':
      return 'Ready. Nobody is watching.';
    case 'connecting':
      return 'Connecting to the camera.';
    case 'waitingForKeyFrame':
      return 'Connected, waiting for a key frame.';
    case 'live':
      return `Live, ${String(health.width)} x ${String(health.height)}, ${String(Math.round(health.framesPerSecond))} frames a second.`;
    case 'degraded':
      return health.message === '' ? 'Degraded.' : health.message;
    case 'stale':
      return `No new picture for ${since(health.since, serverNowMs)}.`;
    case 'cameraOffline':
      return `${health.message === '' ? 'The camera is offline.' : health.message} Since ${since(health.since, serverNowMs)}.`;
    case 'relayOffline':
      return `The site's relay is offline since ${since(health.since, serverNowMs)}.`;
    default:
      return health satisfies never;
  }
}

function since(moment: string, serverNowMs: number): string {
  return formatElapsed(serverNowMs - Date.parse(moment));
}
