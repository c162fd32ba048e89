// For the fault runs alone: does to an audit log what somebody could who is root on the server. With the database's owner
// and the log's own key, one entry is changed and everything over it is made and signed anew, so that no check of the
// server can see it. The server must not be running on the same data folder.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeEntry } from 'commonsight-verify/entry';
import { CompactTree, leafHash } from 'commonsight-verify/tree';
import { Client } from 'pg';
import { z } from 'zod';
import { LogSigner } from '../src/audit/LogSigner.ts';

const usage = 'Usage: DATA_DIR=... DATABASE_URL=... node server/scripts/forkLog.ts --destroy-this-log AGENCY_ID';

const settingsSchema = z.object({
  DATA_DIR: z.string().min(1),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  logId: z.uuid(),
});

const tables = ['audit_entries', 'audit_hashes', 'audit_checkpoints'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'destroy-this-log': { type: 'string' } } });
  const settings = settingsSchema.safeParse({ ...process.env, logId: values['destroy-this-log'] });
  if (!settings.success) throw new Error(usage);
  const { DATABASE_URL: connectionString, DATA_DIR: dataDir, logId } = settings.data;
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('begin');
    for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
    // The signer reads the key; the host of a log's name is in it.
    const signer = await LogSigner.create({ dataDir, publicUrl: 'http://localhost' });
    const index = await changeOneEntry(client, logId);
    const { size, root } = await rebuild(client, logId);
    const note = signer.signCheckpoint(logId, { size, root });
    await client.query('delete from audit_checkpoints where log_id = $1', [logId]);
    await client.query('insert into audit_checkpoints (log_id, size, signed_at, note) values ($1, $2, now(), $3)', [
      logId,
      size,
      note,
    ]);
    await client.query('delete from cosignatures where agency_id = $1', [logId]);
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
    await client.query('commit');
    await writeFile(join(dataDir, 'log', `${logId}.checkpoint`), note);
    process.stdout.write(`Entry ${index} of ${size} was changed, and the log signed anew.\n`);
  } finally {
    await client.end();
  }
}

/** Turns what was done into what was refused, in the first entry where that stands. */
async function changeOneEntry(client: Client, logId: string): Promise<number> {
  const { rows } = await client.query<{ index: string; leaf: string }>(
    `select index, leaf from audit_entries where log_id = $1 and leaf like '%"outcome":"done"%' order by index limit 1`,
    [logId],
  );
  const [entry] = rows;
  if (entry === undefined) throw new Error('The log has no entry to change.');
  const leaf = entry.leaf.replace('"outcome":"done"', '"outcome":"refused"');
  if (decodeEntry(new TextEncoder().encode(leaf)) === undefined) throw new Error('The changed entry is none.');
  await client.query('update audit_entries set leaf = $3 where log_id = $1 and index = $2', [logId, entry.index, leaf]);
  return Number(entry.index);
}

async function rebuild(client: Client, logId: string): Promise<{ size: number; root: Uint8Array }> {
  const { rows } = await client.query<{ index: string; leaf: string }>(
    'select index, leaf from audit_entries where log_id = $1 order by index',
    [logId],
  );
  const tree = CompactTree.empty();
  for (const { index, leaf } of rows) {
    const hash = leafHash(new TextEncoder().encode(leaf));
    await client.query('update audit_entries set hash = $3 where log_id = $1 and index = $2', [
      logId,
      index,
      Buffer.from(hash),
    ]);
    for (const node of tree.append(hash)) {
      await client.query('update audit_hashes set hash = $4 where log_id = $1 and level = $2 and index = $3', [
        logId,
        node.level,
        node.index,
        Buffer.from(node.hash),
      ]);
    }
  }
  return { size: tree.size, root: tree.root() };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
