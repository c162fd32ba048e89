import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Policies } from './Policies.ts';

export function addPolicyRoutes(app: App, policies: Policies): void {
  addRoute(app, routes.getPolicy, ({ actor }) => policies.show(actor));
  addRoute(app, routes.listPolicyProposals, async ({ actor }) => ({ proposals: await policies.listProposals(actor) }));
  addRoute(app, routes.proposePolicy, ({ actor, body }) => policies.propose(actor, body.text));
  addRoute(app, routes.approvePolicy, ({ actor, params }) => policies.approve(actor, params.id));
  addRoute(app, routes.refusePolicy, ({ actor, params }) => policies.refuse(actor, params.id));
}
