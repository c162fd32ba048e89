import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { BreakGlass } from './BreakGlass.ts';
import type { GrantRequests } from './GrantRequests.ts';
import type { Grants } from './Grants.ts';

export function addGrantRoutes(
  app: App,
  { grants, grantRequests, breakGlass }: { grants: Grants; grantRequests: GrantRequests; breakGlass: BreakGlass },
): void {
  addRoute(app, routes.listGrants, async ({ actor }) => ({ grants: await grants.list(actor) }));
  addRoute(app, routes.listAllGrants, async ({ actor }) => ({ grants: await grants.listAll(actor) }));
  addRoute(app, routes.revokeGrant, ({ actor, params, body }) => grants.revoke(actor, params.id, body.note));
  addRoute(app, routes.requestGrant, ({ actor, body }) => grants.request(actor, body));
  addRoute(app, routes.extendGrant, ({ actor, params }) => grants.extend(actor, params.id));
  addRoute(app, routes.endGrant, ({ actor, params }) => grants.end(actor, params.id));

  addRoute(app, routes.requestApproval, ({ actor, body }) => grantRequests.create(actor, body));
  addRoute(app, routes.listGrantRequests, async ({ actor }) => ({ requests: await grantRequests.list(actor) }));
  addRoute(app, routes.approveGrantRequest, ({ actor, params, body }) =>
    grantRequests.approve(actor, params.id, body.note),
  );
  addRoute(app, routes.denyGrantRequest, ({ actor, params, body }) => grantRequests.deny(actor, params.id, body.note));
  addRoute(app, routes.withdrawGrantRequest, ({ actor, params }) => grantRequests.withdraw(actor, params.id));

  addRoute(app, routes.breakGlass, ({ actor, body }) => breakGlass.use(actor, body));
  addRoute(app, routes.listBreakGlass, ({ actor }) => breakGlass.list(actor));
  addRoute(app, routes.justifyBreakGlass, ({ actor, params, body }) => breakGlass.justify(actor, params.id, body.text));
}
