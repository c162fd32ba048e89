import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Sites } from './Sites.ts';

export function addSiteRoutes(app: App, sites: Sites): void {
  addRoute(app, routes.listSites, async ({ actor }) => ({ sites: await sites.list(actor) }));
  addRoute(app, routes.changeSite, ({ actor, params, body }) => sites.change(actor, params.id, body));
  addRoute(app, routes.createSite, ({ actor, body }) => sites.create(actor, body));
}
