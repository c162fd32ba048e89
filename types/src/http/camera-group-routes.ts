import { z } from 'zod';
import { cameraGroupBodySchema, cameraGroupSchema } from '../camera-group.ts';
import { idSchema } from '../ids.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** Camera groups and who is limited to them. A change ends at once what it does not allow any more. */
export const cameraGroupRoutes = {
  listCameraGroups: {
    method: 'GET',
    path: '/api/camera-groups',
    response: z.object({ groups: z.array(cameraGroupSchema) }),
    permission: 'cameraGroup.administer',
    audit: 'cameraGroup.listed',
  },
  createCameraGroup: {
    method: 'POST',
    path: '/api/camera-groups',
    body: cameraGroupBodySchema,
    response: cameraGroupSchema,
    permission: 'cameraGroup.administer',
    audit: 'cameraGroup.created',
  },
  /** Replaces the group whole. */
  changeCameraGroup: {
    method: 'PATCH',
    path: '/api/camera-groups/:id',
    params: byId,
    body: cameraGroupBodySchema,
    response: cameraGroupSchema,
    permission: 'cameraGroup.administer',
    audit: 'cameraGroup.changed',
  },
  removeCameraGroup: {
    method: 'DELETE',
    path: '/api/camera-groups/:id',
    params: byId,
    response: z.object({}),
    permission: 'cameraGroup.administer',
    audit: 'cameraGroup.removed',
  },
} as const satisfies Record<string, Route>;
