import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { CameraGroups } from './CameraGroups.ts';

export function addCameraGroupRoutes(app: App, groups: CameraGroups): void {
  addRoute(app, routes.listCameraGroups, async ({ actor }) => ({ groups: await groups.list(actor) }));
  addRoute(app, routes.createCameraGroup, ({ actor, body }) => groups.create(actor, body));
  addRoute(app, routes.changeCameraGroup, ({ actor, params, body }) => groups.change(actor, params.id, body));
  addRoute(app, routes.removeCameraGroup, ({ actor, params }) => groups.remove(actor, params.id));
}
