import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { OperatorSessions } from './OperatorSessions.ts';

export function addOperatorSessionRoutes(app: App, sessions: OperatorSessions): void {
  addRoute(app, routes.endOperatorSession, async ({ actor, params, body }) => {
    await sessions.end(actor, params.id, body.note);
    return {};
  });
}
