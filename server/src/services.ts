import type { Access } from './access/Access.ts';
import type { Audit } from './audit/Audit.ts';
import type { Config } from './config.ts';
import type { Db } from './db/Database.ts';
import type { LiveReadings } from './live.ts';
import type { Notices } from './notices.ts';
import type { Redis } from './redis.ts';

/** What services are built from. */
export interface ServiceParts {
  db: Db;
  redis: Redis;
  access: Access;
  audit: Audit;
  notices: Notices;
  config: Config;
  readings: () => LiveReadings;
}

/** The services of the records, by the noun they keep. */
export type Services = ReturnType<typeof createServices>;

export function createServices(_parts: ServiceParts) {
  return {};
}
