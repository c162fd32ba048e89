import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Messages } from './Messages.ts';

export function addMessageRoutes(app: App, messages: Messages): void {
  addRoute(app, routes.sendMessage, ({ actor, params, body }) => messages.send(actor, params.id, body.text));
  addRoute(app, routes.listMessages, async ({ actor }) => ({ messages: await messages.list(actor) }));
  addRoute(app, routes.acknowledgeMessage, ({ actor, params }) => messages.acknowledge(actor, params.id));
}
