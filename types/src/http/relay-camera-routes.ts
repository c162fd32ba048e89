import { z } from 'zod';
import { idSchema } from '../ids.ts';
import {
  cameraReportSchema,
  discoveredCameraSchema,
  sealedCameraSchema,
  sealingPointSchema,
} from '../relay/camera-entry.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });
const nothing = z.object({});

/**
 * New cameras of a relay, passed on to it and back. What is sealed nobody here can read; every answer can be
 * `relayOffline`, `timedOut`, or what the relay refuses with.
 */
export const relayCameraRoutes = {
  /** What a new camera is sealed for. A person compares its fingerprint with the one that the relay prints. */
  readRelaySealing: {
    method: 'GET',
    path: '/api/relays/:id/sealing',
    params: byId,
    response: z.object({ sealingPoint: sealingPointSchema }),
    permission: 'relay.administer',
    audit: 'relay.sealingRead',
  },
  /** Looks for cameras on the relay's network; it takes some seconds. */
  discoverCameras: {
    method: 'POST',
    path: '/api/relays/:id/discover',
    params: byId,
    response: z.object({ cameras: z.array(discoveredCameraSchema) }),
    permission: 'relay.administer',
    audit: 'relay.camerasDiscovered',
  },
  /** Plays a new camera for some seconds. `ticket` is null for one that cannot be used, and it cannot be kept then. */
  testNewCamera: {
    method: 'POST',
    path: '/api/relays/:id/camera-tests',
    params: byId,
    body: z.object({ sealed: sealedCameraSchema }),
    response: z.object({ report: cameraReportSchema, ticket: idSchema.nullable() }),
    permission: 'relay.administer',
    audit: 'relay.cameraTested',
  },
  /** Has the relay keep a tested camera as this one of its site. `conflict` when it keeps one for it already. */
  keepNewCamera: {
    method: 'POST',
    path: '/api/relays/:id/cameras',
    params: byId,
    body: z.object({ ticket: idSchema, cameraId: idSchema }),
    response: nothing,
    permission: 'camera.administer',
    audit: 'relay.cameraKept',
  },
} as const satisfies Record<string, Route>;
