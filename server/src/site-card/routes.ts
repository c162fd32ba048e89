import { siteCardRoutes } from '@commonsight/types/http/site-card-routes';
import { largestSitePlanBytes } from '@commonsight/types/site-card';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { SiteCards } from './SiteCards.ts';

/** Of one address: a card is changed a few times a year. */
const rateLimit = { max: 20, timeWindow: 60_000 };
/** A floor plan in base64, and a card beside it. */
const bodyLimit = Math.ceil(largestSitePlanBytes / 3) * 4 + 48 * 1024;

export function addSiteCardRoutes(app: App, siteCards: SiteCards): void {
  addRoute(
    app,
    siteCardRoutes.saveSiteCard,
    ({ actor, caller, body }) => siteCards.save(actor, ownerSecretOf(caller), body),
    { rateLimit, bodyLimit },
  );
  addRoute(
    app,
    siteCardRoutes.readOwnSiteCard,
    ({ actor, caller, body }) => siteCards.readOwn(actor, ownerSecretOf(caller), body),
    { rateLimit },
  );
  addRoute(app, siteCardRoutes.readSiteCard, ({ actor, params }) => siteCards.read(actor, params.id));
  addRoute(app, siteCardRoutes.readSitePlan, ({ actor, params }) => siteCards.readPlan(actor, params.id));
}
