import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/Mailer.ts';
import type { PushMessages } from '../push/PushMessages.ts';
import type { RegistryServices } from '../registry/createRegistry.ts';
import { FootageAnswers } from './FootageAnswers.ts';
import { FootageClock } from './FootageClock.ts';
import { FootageFolder } from './FootageFolder.ts';
import { FootageKeys } from './FootageKeys.ts';
import { FootageMails } from './FootageMails.ts';
import { FootageRequests } from './FootageRequests.ts';
import { FootageUploads } from './FootageUploads.ts';
import { TusDoor } from './TusDoor.ts';

/** The services of requests for footage. */
export type FootageServices = Awaited<ReturnType<typeof createFootage>>;

export async function createFootage(parts: {
  db: Db;
  access: Access;
  audit: Audit;
  refusals: Refusals;
  mailer: Mailer;
  logger: Pick<Logger, 'warn'>;
  registry: Pick<RegistryServices, 'keys' | 'background' | 'registrants'>;
  links: OpenLinks;
  push: Pick<PushMessages, 'footageAsked'>;
  dataDir: string;
  publicUrl: string;
}) {
  const keys = await FootageKeys.create(parts.dataDir);
  const folder = new FootageFolder({ dataDir: parts.dataDir, keys });
  const { keys: registryKeys, background, registrants } = parts.registry;
  const mails = new FootageMails({ ...parts, registryKeys });
  const common = { ...parts, keys, folder, mails, background };
  const answers = new FootageAnswers({ ...common, registryKeys, registrants });
  const uploads = new FootageUploads({ ...common, answers });
  return {
    requests: new FootageRequests(common),
    answers,
    uploads,
    door: new TusDoor(uploads, parts.logger),
    clock: new FootageClock({ ...common, uploads }),
    keys,
    folder,
  };
}
