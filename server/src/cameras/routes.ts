import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Cameras } from './Cameras.ts';

export function addCameraRoutes(app: App, cameras: Cameras): void {
  addRoute(app, routes.listCameras, async ({ actor }) => ({ cameras: await cameras.list(actor) }));
  addRoute(app, routes.createCamera, ({ actor, body }) => cameras.create(actor, body));
  addRoute(app, routes.changeCamera, ({ actor, params, body }) => cameras.change(actor, params.id, body));
  addRoute(app, routes.listSiteCameras, ({ actor, params }) => cameras.listOfSite(actor, params.id));
  addRoute(app, routes.confirmCameras, async ({ actor, params, body }) => ({
    cameras: await cameras.confirm(actor, params.id, body.cameraIds),
  }));
  addRoute(app, routes.nearCameras, async ({ actor, query }) => {
    const { limit, ...point } = query;
    return { cameras: await cameras.near(actor, point, limit) };
  });
}
