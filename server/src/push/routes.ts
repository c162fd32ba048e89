import { pushRoutes } from '@commonsight/types/http/push-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { PushServices } from './createPush.ts';

export function addPushRoutes(app: App, { subscriptions }: Pick<PushServices, 'subscriptions'>): void {
  addRoute(app, pushRoutes.readOwnerPush, ({ actor, caller }) => subscriptions.read(actor, ownerSecretOf(caller)), {
    rateLimit: ownerActLimit,
  });
  addRoute(
    app,
    pushRoutes.orderOwnerPush,
    ({ actor, caller, body }) => subscriptions.order(actor, ownerSecretOf(caller), body),
    { rateLimit: ownerActLimit },
  );
}
