import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { mailing, opening, reading } from '../registry/limits.ts';
import type { ApplicationServices } from './createApplications.ts';

export function addApplicationRoutes(app: App, { applications, received }: ApplicationServices): void {
  const of = applicationRoutes;
  addRoute(app, of.readApplicationForm, () => applications.readForm(), reading);
  addRoute(app, of.startApplication, ({ actor, body }) => applications.start(actor, body), mailing);
  addRoute(app, of.openApplication, ({ actor, body }) => applications.open(actor, body.secret), opening);
  addRoute(app, of.withdrawApplication, ({ actor, body }) => applications.withdraw(actor, body.secret), opening);
  addRoute(app, of.countApplications, ({ actor }) => received.count(actor));
  addRoute(app, of.listApplications, ({ actor }) => received.list(actor));
  addRoute(app, of.approveApplication, ({ actor, params, body }) => received.approve(actor, params.id, body));
  addRoute(app, of.refuseApplication, async ({ actor, params, body }) => {
    await received.refuse(actor, params.id, body.reason);
    return {};
  });
}
