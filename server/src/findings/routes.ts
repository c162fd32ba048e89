import { findingRoutes } from '@commonsight/types/http/finding-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { Findings } from './Findings.ts';

export function addFindingRoutes(app: App, findings: Findings): void {
  addRoute(app, findingRoutes.sampleAuditEvents, async ({ actor, query }) => ({
    events: await findings.sample(actor, query),
  }));
  addRoute(app, findingRoutes.listFindings, async ({ actor }) => ({ findings: await findings.list(actor) }));
  addRoute(app, findingRoutes.openFinding, ({ actor, body }) => findings.open(actor, body));
  addRoute(app, findingRoutes.closeFinding, ({ actor, params, body }) =>
    findings.close(actor, params.id, body.outcome),
  );
}
