import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Incidents } from './Incidents.ts';

export function addIncidentRoutes(app: App, incidents: Incidents): void {
  addRoute(app, routes.listIncidents, async ({ actor, query }) => ({
    incidents: await incidents.list(actor, query.state),
  }));
  addRoute(app, routes.getIncident, ({ actor, params }) => incidents.get(actor, params.id));
  addRoute(app, routes.createIncident, ({ actor, body }) => incidents.create(actor, body));
  addRoute(app, routes.changeIncident, ({ actor, params, body }) => incidents.change(actor, params.id, body));
  addRoute(app, routes.noteIncident, ({ actor, params, body }) => incidents.note(actor, params.id, body.text));
  addRoute(app, routes.closeIncident, ({ actor, params, body }) => incidents.close(actor, params.id, body.disposition));
}
