import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { RelayCameras } from './RelayCameras.ts';

const minuteMs = 60_000;

export function addRelayCameraRoutes(app: App, cameras: RelayCameras): void {
  addRoute(app, routes.readRelaySealing, ({ actor, params }) => cameras.sealingPoint(actor, params.id));
  addRoute(app, routes.discoverCameras, ({ actor, params }) => cameras.discover(actor, params.id));
  addRoute(app, routes.testNewCamera, ({ actor, params, body }) => cameras.test(actor, params.id, body.sealed), {
    // A site of 130 cameras is tested in one go, four side by side.
    rateLimit: { max: 300, timeWindow: minuteMs },
  });
  addRoute(app, routes.readRelayHealth, ({ actor, params }) => cameras.health(actor, params.id));
  addRoute(app, routes.keepNewCamera, ({ actor, params, body }) => cameras.keep(actor, params.id, body));
}
