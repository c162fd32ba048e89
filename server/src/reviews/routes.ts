import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Reviews } from './Reviews.ts';
import type { Shifts } from './Shifts.ts';

export function addReviewRoutes(app: App, { reviews, shifts }: { reviews: Reviews; shifts: Shifts }): void {
  addRoute(app, routes.listReviews, ({ actor, query }) => reviews.list(actor, query));
  addRoute(app, routes.closeReview, ({ actor, params, body }) => reviews.close(actor, params.id, body));
  addRoute(app, routes.listShifts, async ({ actor }) => ({ shifts: await shifts.list(actor) }));
  addRoute(app, routes.changeShift, ({ actor, params, body }) => shifts.change(actor, params.id, body.shift));
}
