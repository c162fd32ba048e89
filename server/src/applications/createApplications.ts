import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/Mailer.ts';
import type { RegistryServices } from '../registry/createRegistry.ts';
import { ApplicationClock } from './ApplicationClock.ts';
import { ApplicationMails } from './ApplicationMails.ts';
import { Applications } from './Applications.ts';
import { ReceivedApplications } from './ReceivedApplications.ts';

/** The services of applications to share live video. */
export type ApplicationServices = ReturnType<typeof createApplications>;

/** Keys, tasks and what is mailed after the answer are those of the registry. */
export function createApplications(parts: {
  db: Db;
  access: Access;
  audit: Audit;
  refusals: Refusals;
  mailer: Mailer;
  logger: Pick<Logger, 'warn'>;
  publicUrl: string;
  registry: Pick<RegistryServices, 'background' | 'keys' | 'tasks'>;
}) {
  const { background, keys, tasks } = parts.registry;
  const mails = new ApplicationMails({ ...parts, keys, background });
  const common = { ...parts, keys, mails };
  return {
    mails,
    applications: new Applications({ ...common, tasks }),
    received: new ReceivedApplications(common),
    clock: new ApplicationClock(common),
  };
}
