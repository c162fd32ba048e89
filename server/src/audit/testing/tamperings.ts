import { leafHash } from 'commonsight-verify/tree';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/Database.ts';
import { readEntries } from '../logRepository.ts';

/** A number from 0 up to, and without, `limit`. */
export type Below = (limit: number) => number;

/** A log as the owner of its database sees it. */
export interface OwnedLog {
  db: Db;
  logId: string;
  size: number;
}

interface Entry {
  leaf: string;
  hash: Uint8Array;
}

/** The tables that a log consists of, with the columns that are not made from others. */
export const logTables = {
  audit_entries: 'log_id, index, leaf, hash',
  audit_values: 'log_id, index, openings',
  audit_hashes: 'log_id, level, index, hash',
  audit_checkpoints: 'log_id, size, signed_at, note',
} as const;

/**
 * What the owner of the database can do to a log, with every table in hand and no key. Appending is not among it: a line
 * that says too much is not one that is missing.
 */
export const tamperings = {
  changedEntry: async (log, below) => {
    const index = below(log.size);
    const { leaf } = await read(log, index);
    await run(log, sql`update audit_entries set leaf = ${forged(leaf)} where ${at(log, index)}`);
  },
  changedEntryAndHash: async (log, below) => {
    const index = below(log.size);
    const leaf = forged((await read(log, index)).leaf);
    await replace(log, index, { leaf, hash: leafHash(new TextEncoder().encode(leaf)) });
  },
  deletedEntry: (log, below) => run(log, sql`delete from audit_entries where ${at(log, below(log.size))}`),
  deletedAndClosedUp: async (log, below) => {
    const index = below(log.size);
    for (const table of ['audit_entries', 'audit_values']) {
      const name = sql.identifier(table);
      await run(log, sql`delete from ${name} where ${at(log, index)}`);
      // In two steps, because each number stands once.
      await run(log, sql`update ${name} set index = -index where log_id = ${log.logId} and index > ${index}`);
      await run(log, sql`update ${name} set index = -index - 1 where log_id = ${log.logId} and index < 0`);
    }
  },
  cutTail: (log, below) => cut(log, below(log.size), ['audit_entries', 'audit_values']),
  cutTailAndCheckpoints: async (log, below) => {
    const size = below(log.size);
    await cut(log, size, ['audit_entries', 'audit_values']);
    await run(log, sql`delete from audit_checkpoints where log_id = ${log.logId} and size > ${size}`);
  },
  swappedEntries: async (log, below) => {
    const [one, other] = pair(log, below);
    const [first, second] = [await read(log, one), await read(log, other)];
    await run(log, sql`delete from audit_entries where log_id = ${log.logId} and index in (${one}, ${other})`);
    await insert(log, one, second);
    await insert(log, other, first);
  },
  swappedValues: async (log, below) => {
    const [one, other] = pair(log, below);
    await run(
      log,
      sql`update audit_values as mine set openings = theirs.openings from audit_values as theirs
        where mine.log_id = ${log.logId} and theirs.log_id = mine.log_id
        and ((mine.index = ${one} and theirs.index = ${other}) or (mine.index = ${other} and theirs.index = ${one}))`,
    );
  },
  changedValue: (log, below) =>
    run(
      log,
      sql`update audit_values set openings = jsonb_set(openings, '{actor,value,name}', '"Somebody else"')
        where ${at(log, below(log.size))}`,
    ),
  changedCheckpoint: (log) =>
    run(
      log,
      sql`update audit_checkpoints set note = regexp_replace(note, '\n([0-9]+)\n', E'\n1\\1\n') where log_id = ${log.logId}`,
    ),
} satisfies Record<string, (log: OwnedLog, below: Below) => Promise<void>>;

export type TamperingKind = keyof typeof tamperings;

/** Runs a statement that triggers would refuse anybody else. */
export async function run({ db }: Pick<OwnedLog, 'db'>, statement: SQL): Promise<void> {
  const tables = Object.keys(logTables);
  for (const table of tables) await db.execute(sql.raw(`alter table ${table} disable trigger user`));
  await db.execute(statement);
  for (const table of tables) await db.execute(sql.raw(`alter table ${table} enable trigger user`));
}

function at({ logId }: OwnedLog, index: number): SQL {
  return sql`log_id = ${logId} and index = ${index}`;
}

async function cut(log: OwnedLog, size: number, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await run(log, sql`delete from ${sql.identifier(table)} where log_id = ${log.logId} and index >= ${size}`);
  }
}

function pair({ size }: OwnedLog, below: Below): [number, number] {
  const one = below(size);
  return [one, (one + 1 + below(size - 1)) % size];
}

/** Says that what was done was refused, or the other way round. */
function forged(leaf: string): string {
  return leaf.includes('"outcome":"done"')
    ? leaf.replace('"outcome":"done"', '"outcome":"refused"')
    : leaf.replace('"outcome":"refused"', '"outcome":"done"');
}

async function read({ db, logId }: OwnedLog, index: number): Promise<Entry> {
  const [entry] = await readEntries(db, logId, index, index + 1);
  if (entry === undefined) throw new Error(`There is no entry ${index}.`);
  return entry;
}

async function replace(log: OwnedLog, index: number, entry: Entry): Promise<void> {
  await run(log, sql`delete from audit_entries where ${at(log, index)}`);
  await insert(log, index, entry);
}

function insert(log: OwnedLog, index: number, { leaf, hash }: Entry): Promise<void> {
  return run(
    log,
    sql`insert into audit_entries (log_id, index, leaf, hash)
      values (${log.logId}, ${index}, ${leaf}, ${Buffer.from(hash)})`,
  );
}
