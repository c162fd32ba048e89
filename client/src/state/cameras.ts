import type { Camera, Watcher } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import type { Id } from '@commonsight/types/ids';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { createStore } from 'zustand/vanilla';

export interface CamerasState {
  isLoaded: boolean;
  byId: ReadonlyMap<Id, Camera>;
  /** By number, as lists show them. */
  order: readonly Id[];
}

export function createCamerasStore() {
  return createStore<CamerasState>()(() => ({ isLoaded: false, byId: new Map(), order: [] }));
}

export type CamerasStore = ReturnType<typeof createCamerasStore>;

/** The cameras were read anew; what was told since they were asked for is made on them again. */
export function camerasLoaded(store: CamerasStore, cameras: readonly Camera[], told: readonly ToldChange[] = []): void {
  const byId = new Map(cameras.map((camera) => [camera.id, camera]));
  for (const { cameraId, change } of told) {
    const camera = byId.get(cameraId);
    if (camera !== undefined) byId.set(cameraId, change(camera));
  }
  const ordered = [...byId.values()].toSorted((a, b) => a.number - b.number || a.name.localeCompare(b.name));
  store.setState({
    isLoaded: true,
    byId: new Map(ordered.map((camera) => [camera.id, camera])),
    order: ordered.map((camera) => camera.id),
  });
}

export type CameraChange = (camera: Camera) => Camera;

export interface ToldChange {
  cameraId: Id;
  change: CameraChange;
}

export function healthChange(change: NotificationOf<'camera:healthChanged'>): CameraChange {
  return (camera) => ({
    ...camera,
    streams: camera.streams.map((stream) =>
      stream.id === change.streamId ? { ...stream, health: change.health } : stream,
    ),
  });
}

export function watchersChange(watchers: Watcher[]): CameraChange {
  return (camera) => ({ ...camera, watchers });
}

export function sharingChange(sharingMode: Camera['sharingMode']): CameraChange {
  return (camera) => ({ ...camera, sharingMode });
}

/** Makes changes of many cameras one change of the store. */
export function changeCameras(store: CamerasStore, changes: readonly ToldChange[]): void {
  const byId = new Map(store.getState().byId);
  let isChanged = false;
  for (const { cameraId, change } of changes) {
    const camera = byId.get(cameraId);
    if (camera === undefined) continue;
    byId.set(cameraId, change(camera));
    isChanged = true;
  }
  if (isChanged) store.setState({ byId });
}

/** The health of a camera's stream; `idle` for a stream that the camera does not offer. */
export function streamHealth(camera: Camera | undefined, kind: StreamKind): StreamHealth {
  return camera?.streams.find((stream) => stream.kind === kind)?.health ?? { state: 'idle' };
}

/**
 * One health for the camera as lists and the map show it: a fault of any stream first, because a person has to know,
 * then whatever runs, then `idle`.
 */
export function cameraHealth(camera: { streams: readonly { health: StreamHealth }[] }): StreamHealth {
  const order: readonly StreamHealth['state'][] = [
    'relayOffline',
    'cameraOffline',
    'stale',
    'degraded',
    'live',
    'waitingForKeyFrame',
    'connecting',
    'idle',
  ];
  const healths = camera.streams.map((stream) => stream.health);
  return healths.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? { state: 'idle' };
}
