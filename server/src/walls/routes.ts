import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Walls } from './Walls.ts';

export function addWallRoutes(app: App, walls: Walls): void {
  addRoute(app, routes.listWalls, async ({ actor }) => ({ walls: await walls.list(actor) }));
  addRoute(app, routes.createWall, ({ actor, body }) => walls.create(actor, body));
}
