import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Witnesses } from './Witnesses.ts';

/** As many as for the log's other public files. */
const rateLimit = { max: 3_000, timeWindow: 60_000 };

export function addWitnessRoutes(app: App, witnesses: Witnesses): void {
  addRoute(app, routes.getWitnesses, async ({ params }) => ({ witnesses: await witnesses.published(params.id) }), {
    rateLimit,
  });
  addRoute(app, routes.listWitnesses, async ({ actor }) => ({ witnesses: await witnesses.list(actor) }));
}
