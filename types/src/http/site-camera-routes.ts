import { z } from 'zod';
import { cameraSchema } from '../camera.ts';
import { idSchema } from '../ids.ts';
import { relayHealthSchema } from '../relay/relay-health.ts';
import { mostConfirmedAtOnce, siteCameraSchema, uplinkKilobitsSchema } from '../site-camera.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** The cameras of one site as its administrator looks after them. */
export const siteCameraRoutes = {
  /** Also those that the agency has not confirmed, which nobody else sees. */
  listSiteCameras: {
    method: 'GET',
    path: '/api/sites/:id/cameras',
    params: byId,
    response: z.object({
      cameras: z.array(siteCameraSchema),
      uplinkKilobitsPerSecond: uplinkKilobitsSchema.nullable(),
    }),
    permission: 'camera.administer',
    audit: 'camera.siteListed',
  },
  /**
   * The agency's half of what makes a camera live; the owner's half is the relay's. One that is confirmed already stays so.
   * `notFound` when one of them is not the site's.
   */
  confirmCameras: {
    method: 'POST',
    path: '/api/sites/:id/camera-confirmations',
    params: byId,
    body: z.object({ cameraIds: z.array(idSchema).min(1).max(mostConfirmedAtOnce) }),
    response: z.object({ cameras: z.array(cameraSchema) }),
    permission: 'camera.administer',
    audit: 'camera.confirmed',
  },
  /** Asked of the relay itself: `relayOffline`, `timedOut`. */
  readRelayHealth: {
    method: 'GET',
    path: '/api/relays/:id/health',
    params: byId,
    response: relayHealthSchema,
    permission: 'relay.administer',
    audit: 'relay.healthRead',
  },
} as const satisfies Record<string, Route>;
