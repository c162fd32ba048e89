import type { Access } from './access/Access.ts';
import { createApplications } from './applications/createApplications.ts';
import type { Audit } from './audit/Audit.ts';
import { Refusals } from './audit/Refusals.ts';
import { CameraGroups } from './camera-groups/CameraGroups.ts';
import { Cameras } from './cameras/Cameras.ts';
import type { LogSigner } from './audit/LogSigner.ts';
import type { Config } from './config.ts';
import type { Db } from './db/Database.ts';
import { createDigests } from './digests/createDigests.ts';
import { Findings } from './findings/Findings.ts';
import { createFootage } from './footage/createFootage.ts';
import { removeOpenedBy } from './footage/linkRepository.ts';
import { BreakGlass } from './grants/BreakGlass.ts';
import { GrantRequests } from './grants/GrantRequests.ts';
import { Grants } from './grants/Grants.ts';
import { GrantSigner } from './grants/GrantSigner.ts';
import { Incidents } from './incidents/Incidents.ts';
import { Ledger } from './ledger/Ledger.ts';
import { LedgerLinks } from './ledger/LedgerLinks.ts';
import { OpenLinks } from './ledger/OpenLinks.ts';
import { Pseudonyms } from './ledger/Pseudonyms.ts';
import { Withholdings } from './ledger/Withholdings.ts';
import type { LiveReadings } from './live.ts';
import type { Logger } from './logger.ts';
import type { Mailer } from './mail/Mailer.ts';
import { Messages } from './messages/Messages.ts';
import type { Notices } from './notices.ts';
import { Policies } from './policy/Policies.ts';
import type { Redis } from './redis.ts';
import { createPush } from './push/createPush.ts';
import { createRegistry } from './registry/createRegistry.ts';
import { Challenges } from './relays/Challenges.ts';
import { Enrolment } from './relays/Enrolment.ts';
import { Relays } from './relays/Relays.ts';
import { Reviews } from './reviews/Reviews.ts';
import { Reveals } from './search/Reveals.ts';
import { SourceSearch } from './search/SourceSearch.ts';
import { Shifts } from './reviews/Shifts.ts';
import { OperatorSessions } from './session-board/OperatorSessions.ts';
import type { FailedTries } from './sessions/FailedTries.ts';
import type { Factors } from './sessions/Factors.ts';
import type { SessionRules, SessionRulesOf } from './sessions/sessionRules.ts';
import type { Sessions } from './sessions/Sessions.ts';
import { OwnerDoor } from './sharing/OwnerDoor.ts';
import { SiteCards } from './site-card/SiteCards.ts';
import { Sites } from './sites/Sites.ts';
import { Transparency } from './transparency/Transparency.ts';
import { Invitations } from './users/Invitations.ts';
import { Users } from './users/Users.ts';
import { Witnesses } from './witnesses/Witnesses.ts';

/** What services are built from. */
export interface ServiceParts {
  db: Db;
  redis: Redis;
  access: Access;
  audit: Audit;
  notices: Notices;
  sessions: Sessions;
  tries: FailedTries;
  factors: Factors;
  rules: SessionRules;
  rulesOf: SessionRulesOf;
  config: Config;
  logSigner: Pick<LogSigner, 'originOf' | 'verifiersOf' | 'verifierKeyOf'>;
  readings: () => LiveReadings;
  mailer: Mailer;
  logger: Pick<Logger, 'warn'>;
}

/** The services of the records, by the noun they keep. */
export type Services = Awaited<ReturnType<typeof createServices>>;

export async function createServices(given: ServiceParts) {
  const refusals = new Refusals(given);
  const parts = { ...given, refusals };
  const signer = await GrantSigner.create(parts.config.dataDir);
  const policies = await Policies.create({ ...parts, policyFile: parts.config.policyFile });
  const links = new OpenLinks(parts);
  const ownerDoor = new OwnerDoor({ ...parts, links });
  const registry = await createRegistry({
    ...parts,
    closeOpened: removeOpenedBy,
    dataDir: parts.config.dataDir,
    publicUrl: parts.config.publicUrl,
  });
  const push = await createPush({ ...parts, links, door: ownerDoor });
  const footage = await createFootage({
    ...parts,
    registry,
    links,
    push: push.messages,
    dataDir: parts.config.dataDir,
    publicUrl: parts.config.publicUrl,
  });
  const pseudonyms = new Pseudonyms(parts.config.dataDir);
  const digests = await createDigests({
    ...parts,
    links,
    pseudonyms,
    dataDir: parts.config.dataDir,
    publicUrl: parts.config.publicUrl,
  });
  return {
    signer,
    policies,
    applications: createApplications({ ...parts, registry, publicUrl: parts.config.publicUrl }),
    cameraGroups: new CameraGroups(parts),
    cameras: new Cameras(parts),
    enrolment: new Enrolment({ ...parts, signer }),
    grants: new Grants({ ...parts, policies }),
    grantRequests: new GrantRequests({ ...parts, policies }),
    breakGlass: new BreakGlass({ ...parts, policies }),
    incidents: new Incidents(parts),
    invitations: new Invitations({ ...parts, publicUrl: parts.config.publicUrl }),
    reviews: new Reviews(parts),
    shifts: new Shifts(parts),
    findings: new Findings(parts),
    digests,
    footage,
    ledger: new Ledger({ ...parts, links, pseudonyms }),
    ledgerLinks: new LedgerLinks({ ...parts, publicUrl: parts.config.publicUrl, closeOpened: removeOpenedBy }),
    messages: new Messages(parts),
    links,
    ownerDoor,
    push,
    refusals,
    operatorSessions: new OperatorSessions(parts),
    registry,
    reveals: new Reveals({ ...parts, policies, keys: registry.keys }),
    sourceSearch: new SourceSearch(parts),
    relays: new Relays({ ...parts, signer, challenges: new Challenges(parts.redis) }),
    siteCards: await SiteCards.create({ ...parts, door: ownerDoor, dataDir: parts.config.dataDir }),
    sites: new Sites({ ...parts, policies }),
    transparency: new Transparency({
      db: parts.db,
      policies,
      originOf: (logId) => parts.logSigner.originOf(logId),
      delayDays: parts.config.transparencyDelayDays,
    }),
    users: new Users(parts),
    withholdings: new Withholdings(parts),
    witnesses: new Witnesses(parts),
  };
}
