import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Pseudonyms } from '../ledger/Pseudonyms.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { DigestClock } from './DigestClock.ts';
import { DigestKeys } from './DigestKeys.ts';
import { Digests } from './Digests.ts';

/** The services of owners' weekly mails. */
export async function createDigests(parts: {
  db: Db;
  audit: Audit;
  refusals: Refusals;
  mailer: Mailer;
  logger: Pick<Logger, 'warn'>;
  links: OpenLinks;
  pseudonyms: Pseudonyms;
  dataDir: string;
  publicUrl: string;
}) {
  const common = { ...parts, keys: await DigestKeys.create(parts.dataDir) };
  return { digests: new Digests(common), clock: new DigestClock(common), keys: common.keys };
}
