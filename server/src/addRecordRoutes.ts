import type { Access } from './access/Access.ts';
import { addApplicationRoutes } from './applications/routes.ts';
import type { Audit } from './audit/Audit.ts';
import type { Checkpoints } from './audit/Checkpoints.ts';
import type { LogSigner } from './audit/LogSigner.ts';
import { addLogRoutes } from './audit/logRoutes.ts';
import { addAuditRoutes } from './audit/routes.ts';
import { addCameraGroupRoutes } from './camera-groups/routes.ts';
import { addCameraRoutes } from './cameras/routes.ts';
import type { Config } from './config.ts';
import type { Database } from './db/Database.ts';
import { addFindingRoutes } from './findings/routes.ts';
import { addFootageRoutes } from './footage/routes.ts';
import { addGrantRoutes } from './grants/routes.ts';
import { addHealthRoutes } from './health/routes.ts';
import { addIncidentRoutes } from './incidents/routes.ts';
import { addLedgerRoutes } from './ledger/routes.ts';
import type { LiveReadings } from './live.ts';
import { addMessageRoutes } from './messages/routes.ts';
import type { App } from './plugins/App.ts';
import { addPolicyRoutes } from './policy/routes.ts';
import { addPushRoutes } from './push/routes.ts';
import type { Redis } from './redis.ts';
import { addRegistryRoutes } from './registry/routes.ts';
import { addRelayRoutes } from './relays/routes.ts';
import type { Services } from './services.ts';
import { addReviewRoutes } from './reviews/routes.ts';
import { addSearchRoutes } from './search/routes.ts';
import { addOperatorSessionRoutes } from './session-board/routes.ts';
import { addSiteCardRoutes } from './site-card/routes.ts';
import { addSiteRoutes } from './sites/routes.ts';
import { addTransparencyRoutes } from './transparency/routes.ts';
import { addUserRoutes } from './users/routes.ts';
import { addWitnessRoutes } from './witnesses/routes.ts';

/** Registers the HTTP routes of the records; those of walls and viewings belong to the live side. */
export function addRecordRoutes(
  app: App,
  parts: {
    config: Config;
    database: Database;
    redis: Redis;
    access: Access;
    audit: Audit;
    checkpoints: Checkpoints;
    logSigner: LogSigner;
    services: Services;
    readings: () => LiveReadings;
  },
): void {
  const { services } = parts;
  addHealthRoutes(app, parts);
  addUserRoutes(app, services);
  addSiteRoutes(app, services.sites);
  addSiteCardRoutes(app, services.siteCards);
  addRelayRoutes(app, services);
  addCameraGroupRoutes(app, services.cameraGroups);
  addCameraRoutes(app, services.cameras);
  addIncidentRoutes(app, services.incidents);
  addGrantRoutes(app, services);
  addPolicyRoutes(app, services.policies);
  addTransparencyRoutes(app, services.transparency);
  addRegistryRoutes(app, services.registry);
  addApplicationRoutes(app, services.applications);
  addSearchRoutes(app, services);
  addFootageRoutes(app, services.footage);
  addReviewRoutes(app, services);
  addLedgerRoutes(app, services);
  addPushRoutes(app, services.push);
  addFindingRoutes(app, services.findings);
  addMessageRoutes(app, services.messages);
  addOperatorSessionRoutes(app, services.operatorSessions);
  addAuditRoutes(app, parts);
  addWitnessRoutes(app, services.witnesses);
  addLogRoutes(app, { ...parts, db: parts.database.db, signer: parts.logSigner });
}
