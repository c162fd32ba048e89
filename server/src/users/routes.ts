import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Users } from './Users.ts';

export function addUserRoutes(app: App, users: Users): void {
  addRoute(app, routes.me, ({ actor }) => users.me(actor));
  addRoute(app, routes.listUsers, async ({ actor }) => ({ users: await users.list(actor) }));
  addRoute(app, routes.createUser, ({ actor, body }) => users.create(actor, body));
  addRoute(app, routes.disableUser, ({ actor, params }) => users.disable(actor, params.id));
}
