import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/**
 * A handle that queries run on: the database itself, or a transaction of it. Code inside a transaction uses only the
 * transaction's handle: on PGlite, which has one connection, the outer one waits for the transaction for ever.
 */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database. */
export interface Database {
  db: Db;
  dialect: 'pglite' | 'postgresql';
  isUp(): Promise<boolean>;
  /** Idempotent. */
  close(): Promise<void>;
}
