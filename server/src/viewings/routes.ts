import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Viewings } from './Viewings.ts';

export function addViewingRoutes(app: App, viewings: Viewings): void {
  addRoute(app, routes.endViewing, ({ actor, params, body }) => viewings.endBySupervisor(actor, params.id, body.note));
}
