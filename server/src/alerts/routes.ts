import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { Alerts } from './Alerts.ts';
import type { OwnerAlerts } from './OwnerAlerts.ts';

export function addAlertRoutes(app: App, { alerts, ownerAlerts }: { alerts: Alerts; ownerAlerts: OwnerAlerts }): void {
  addRoute(app, routes.listAlerts, ({ actor }) => alerts.list(actor));
  addRoute(app, routes.answerAlert, ({ actor, params }) => alerts.answer(actor, params.id));
  addRoute(
    app,
    routes.prepareAlert,
    ({ actor, caller, body }) => ownerAlerts.prepare(actor, ownerSecretOf(caller), body),
    {
      rateLimit: ownerActLimit,
    },
  );
  addRoute(app, routes.orderAlert, ({ actor, caller, body }) => ownerAlerts.order(actor, ownerSecretOf(caller), body), {
    rateLimit: ownerActLimit,
  });
}
