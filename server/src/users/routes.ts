import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Invitations } from './Invitations.ts';
import type { Users } from './Users.ts';

/** A token has 256 bits: the limit is against load, not against guessing. */
const invitationLimit = { rateLimit: { max: 30, timeWindow: 60_000 } };

export function addUserRoutes(app: App, { users, invitations }: { users: Users; invitations: Invitations }): void {
  addRoute(app, routes.me, ({ actor }) => users.me(actor));
  addRoute(app, routes.listUsers, async ({ actor }) => ({ users: await users.list(actor) }));
  addRoute(app, routes.suspendUser, ({ actor, params, body }) => users.suspend(actor, params.id, body.note));
  addRoute(app, routes.disableUser, ({ actor, params }) => users.disable(actor, params.id));
  addRoute(app, routes.enableUser, ({ actor, params }) => users.enable(actor, params.id));
  addRoute(app, routes.releaseUser, ({ actor, params }) => users.release(actor, params.id));

  addRoute(app, routes.resetSecondFactor, ({ actor, params }) => users.resetSecondFactor(actor, params.id));

  addRoute(app, routes.inviteUser, ({ actor, body }) => invitations.invite(actor, body));
  addRoute(app, routes.renewInvitation, ({ actor, params }) => invitations.renew(actor, params.id));
  addRoute(app, routes.readInvitation, ({ body }) => invitations.read(body.token), invitationLimit);
  addRoute(app, routes.acceptInvitation, ({ actor, body }) => invitations.accept(actor, body), invitationLimit);
}
