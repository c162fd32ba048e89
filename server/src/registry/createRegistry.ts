import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import { Background } from '../mail/Background.ts';
import type { Mailer } from '../mail/Mailer.ts';
import type { Redis } from '../redis.ts';
import { AddedRegistrations } from './AddedRegistrations.ts';
import { Canaries } from './Canaries.ts';
import { OwnRegistrations } from './OwnRegistrations.ts';
import { ProofTasks } from './ProofTasks.ts';
import { Registrants } from './Registrants.ts';
import { RegistrationClock } from './RegistrationClock.ts';
import { Registry } from './Registry.ts';
import { RegistryKeys } from './RegistryKeys.ts';
import { RegistryMails } from './RegistryMails.ts';
import { RegistrySettings } from './RegistrySettings.ts';

/** The services of the registry. */
export type RegistryServices = Awaited<ReturnType<typeof createRegistry>>;

export async function createRegistry(parts: {
  db: Db;
  redis: Redis;
  access: Access;
  audit: Audit;
  refusals: Refusals;
  mailer: Mailer;
  logger: Pick<Logger, 'warn'>;
  dataDir: string;
  publicUrl: string;
  /** Closes what a registrant's session has opened elsewhere. */
  closeOpened: (tx: Db, sessionId: string) => Promise<void>;
}) {
  const keys = await RegistryKeys.create(parts.dataDir);
  const background = new Background(parts.logger);
  const mails = new RegistryMails({ ...parts, background });
  const tasks = new ProofTasks({ keys, redis: parts.redis });
  const registrants = new Registrants(parts);
  const common = { ...parts, keys, mails };
  const canaries = new Canaries(common);
  return {
    background,
    keys,
    mails,
    tasks,
    registrants,
    registry: new Registry({ ...common, tasks }),
    ownRegistrations: new OwnRegistrations({ ...common, registrants }),
    addedRegistrations: new AddedRegistrations({ ...common, registrants }),
    settings: new RegistrySettings(parts),
    canaries,
    clock: new RegistrationClock({ ...common, canaries }),
  };
}
