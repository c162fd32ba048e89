import type { StreamHealth } from '@commonsight/types/health';
import type { Failure } from '../retry/RetrySupervisor.ts';
import { cameraFaultMessage } from '../rtsp/CameraError.ts';
import type { PictureSize } from './readSps.ts';

/** Where an ingest stands. Moments are of `Date.now()`. */
export type IngestState =
  | { readonly name: 'connecting'; readonly sinceMs: number; readonly failure: Failure | undefined }
  | { readonly name: 'waitingForKeyFrame'; readonly sinceMs: number }
  | { readonly name: 'live'; readonly sinceMs: number; readonly size: PictureSize; readonly framesPerSecond: number }
  | { readonly name: 'degraded'; readonly sinceMs: number }
  | { readonly name: 'stale'; readonly sinceMs: number }
  | { readonly name: 'waitingToRetry'; readonly failure: Failure; readonly retryAtMs: number }
  | { readonly name: 'closed' };

/** What people are told. A camera that fails stays offline for them while it is tried again. */
export function toHealth(state: IngestState): StreamHealth {
  switch (state.name) {
    case 'connecting':
      return state.failure === undefined
        ? { state: 'connecting', since: toMoment(state.sinceMs) }
        : offline(state.failure, null);
    case 'waitingForKeyFrame':
      return { state: 'waitingForKeyFrame', since: toMoment(state.sinceMs) };
    case 'live':
      return {
        state: 'live',
        since: toMoment(state.sinceMs),
        ...state.size,
        framesPerSecond: state.framesPerSecond,
      };
    case 'degraded':
      return {
        state: 'degraded',
        since: toMoment(state.sinceMs),
        fault: 'bFrames',
        message: cameraFaultMessage('bFrames'),
      };
    case 'stale':
      return { state: 'stale', since: toMoment(state.sinceMs) };
    case 'waitingToRetry':
      return offline(state.failure, state.retryAtMs);
    case 'closed':
      return { state: 'idle' };
    default:
      return state satisfies never;
  }
}

function offline({ error, sinceMs }: Failure, retryAtMs: number | null): StreamHealth {
  return {
    state: 'cameraOffline',
    since: toMoment(sinceMs),
    fault: error.fault,
    message: error.message,
    retryAt: retryAtMs === null ? null : toMoment(retryAtMs),
  };
}

function toMoment(ms: number): string {
  return new Date(ms).toISOString();
}
