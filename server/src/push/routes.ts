import { pushRoutes } from '@commonsight/types/http/push-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { actLimit, secretOf } from '../sharing/routes.ts';
import type { PushServices } from './createPush.ts';

export function addPushRoutes(app: App, { subscriptions }: Pick<PushServices, 'subscriptions'>): void {
  addRoute(app, pushRoutes.readOwnerPush, ({ actor, caller }) => subscriptions.read(actor, secretOf(caller)), {
    rateLimit: actLimit,
  });
  addRoute(
    app,
    pushRoutes.orderOwnerPush,
    ({ actor, caller, body }) => subscriptions.order(actor, secretOf(caller), body),
    { rateLimit: actLimit },
  );
}
