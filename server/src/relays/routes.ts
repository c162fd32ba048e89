import { routes } from '@commonsight/types/http/routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Enrolment } from './Enrolment.ts';
import type { Relays } from './Relays.ts';

const minuteMs = 60_000;

export function addRelayRoutes(app: App, parts: { relays: Relays; enrolment: Enrolment }): void {
  const { relays, enrolment } = parts;
  addRoute(app, routes.createEnrolmentCode, ({ actor, params }) => enrolment.createCode(actor, params.id));
  addRoute(app, routes.enrolRelay, ({ actor, body }) => enrolment.enrol(actor, body), {
    rateLimit: { max: 10, timeWindow: minuteMs },
  });
  addRoute(
    app,
    routes.challengeRelay,
    async ({ body }) => ({ nonce: await relays.challenge(body.relayId) }),
    // A relay that reconnects asks a few times a minute; a site with many relays comes from one address.
    { rateLimit: { max: 120, timeWindow: minuteMs } },
  );
  addRoute(app, routes.revokeRelay, ({ actor, params }) => relays.revoke(actor, params.id));
}
