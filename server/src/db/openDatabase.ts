import type { Database } from './Database.ts';
import { openPglite } from './openPglite.ts';
import { openPostgresql } from './openPostgresql.ts';

/** Opens and migrates the configured database: PostgreSQL when there is a URL, else PGlite in the data folder. */
export function openDatabase(options: {
  databaseUrl: string | undefined;
  dataDir: string;
  onError: (error: Error) => void;
  onLockLost: (error: Error) => void;
}): Promise<Database> {
  return options.databaseUrl === undefined
    ? openPglite({ dataDir: options.dataDir, onLockLost: options.onLockLost })
    : openPostgresql({ url: options.databaseUrl, onError: options.onError });
}
