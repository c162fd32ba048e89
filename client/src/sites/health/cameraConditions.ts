import type { RelayCamera, RelayHealth } from '@commonsight/types/relay/relay-health';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { type Condition, conditionOf } from '../../health/conditionOf.ts';

export interface CameraCondition extends Condition {
  camera: SiteCamera;
  relay: RelayCamera | null;
  /** What leaves the relay of it now, in kilobits a second. */
  kilobitsPerSecond: number;
}

/** Puts together what the server knows of the cameras and what their relay tells; null while it tells nothing. */
export function conditionsOf(cameras: readonly SiteCamera[], health: RelayHealth | null): CameraCondition[] {
  const atRelay = new Map(health?.cameras.map((camera) => [camera.cameraId, camera]));
  return cameras.map((camera) => {
    const relay = atRelay.get(camera.id) ?? null;
    const kilobitsPerSecond = relay?.sending.reduce((sum, stream) => sum + stream.kilobitsPerSecond, 0) ?? 0;
    const condition = conditionOf(camera, relay, { isKnown: health !== null, reader: 'administrator' });
    return { camera, relay, kilobitsPerSecond, ...condition };
  });
}
