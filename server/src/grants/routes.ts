import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Grants } from './Grants.ts';

export function addGrantRoutes(app: App, grants: Grants): void {
  addRoute(app, routes.listGrants, async ({ actor }) => ({ grants: await grants.list(actor) }));
  addRoute(app, routes.listAllGrants, async ({ actor }) => ({ grants: await grants.listAll(actor) }));
  addRoute(app, routes.revokeGrant, ({ actor, params, body }) => grants.revoke(actor, params.id, body.note));
  addRoute(app, routes.requestGrant, ({ actor, body }) => grants.request(actor, body));
  addRoute(app, routes.extendGrant, ({ actor, params }) => grants.extend(actor, params.id));
  addRoute(app, routes.endGrant, ({ actor, params }) => grants.end(actor, params.id));
}
