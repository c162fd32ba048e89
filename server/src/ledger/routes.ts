import { ledgerRoutes } from '@commonsight/types/http/ledger-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { Ledger } from './Ledger.ts';
import type { LedgerLinks } from './LedgerLinks.ts';
import type { Withholdings } from './Withholdings.ts';

/** Of one address: several open pages, each of which asks every two seconds. */
const rateLimit = { max: 240, timeWindow: 60_000 };

export function addLedgerRoutes(
  app: App,
  services: { ledger: Ledger; ledgerLinks: LedgerLinks; withholdings: Withholdings },
): void {
  const { ledger, ledgerLinks, withholdings } = services;
  addRoute(
    app,
    ledgerRoutes.readLedger,
    ({ actor, query, caller }) => ledger.read(actor, ownerSecretOf(caller), query),
    { rateLimit },
  );
  addRoute(app, ledgerRoutes.listLedgerLinks, async ({ actor, params }) => ({
    links: await ledgerLinks.list(actor, params.id),
  }));
  addRoute(app, ledgerRoutes.createLedgerLink, ({ actor, params }) => ledgerLinks.create(actor, params.id));
  addRoute(app, ledgerRoutes.revokeLedgerLink, ({ actor, params }) => ledgerLinks.revoke(actor, params.id));
  addRoute(app, ledgerRoutes.listWithholdings, async ({ actor }) => ({
    withholdings: await withholdings.list(actor),
  }));
  addRoute(app, ledgerRoutes.withholdIncident, ({ actor, params, body }) =>
    withholdings.withhold(actor, params.id, body),
  );
  addRoute(app, ledgerRoutes.endWithholding, ({ actor, params }) => withholdings.end(actor, params.id));
}
