// A PostgreSQL for the fault runs, which says when the lines of viewings were committed, and can refuse them. Prints its
// URL; then one command a line on stdin: `refuse`, `accept` (answered with how many were refused), `commits` (answered
// with moments in milliseconds, as JSON), or SQL as its owner would run it, `["text", ...values]` (answered with the rows,
// as JSON).
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { z } from 'zod';
import { startPostgresql } from '../src/db/testing/startPostgresql.ts';

const sqlSchema = z.tuple([z.string()], z.union([z.string(), z.number(), z.null()]));

const postgresql = await startPostgresql({ isDurable: true, settings: ['track_commit_timestamp=on'] });
const url = await postgresql.createEmpty();
const print = (line: string) => void process.stdout.write(`${line}\n`);
print(url);

const commands: Readonly<Record<string, (client: Client) => Promise<string>>> = {
  async refuse(client) {
    // A sequence keeps its count although the insert that counted is rolled back.
    await client.query('create sequence refused_viewings');
    await client.query(`create function refuse_viewings() returns trigger as $$
      begin perform nextval('refused_viewings'); raise exception 'no viewing is written'; end; $$ language plpgsql`);
    await client.query(`create trigger refuse_viewings before insert on audit_entries for each row
      when (new.leaf like '%"type":"viewing.started"%' and new.leaf like '%"outcome":"done"%')
      execute function refuse_viewings()`);
    return 'refusing';
  },
  async accept(client) {
    await client.query('drop trigger refuse_viewings on audit_entries');
    const { rows } = await client.query<{ count: string }>(
      'select case when is_called then last_value else 0 end as count from refused_viewings',
    );
    return String(rows[0]?.count);
  },
  async commits(client) {
    const { rows } = await client.query<{
      at: string;
    }>(`select extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000
      as at from audit_entries where type = 'viewing.started' and outcome = 'done' order by 1`);
    return JSON.stringify(rows.map(({ at }) => Number(at)));
  },
};

async function runSql(client: Client, line: string): Promise<string> {
  const [text, ...values] = sqlSchema.parse(JSON.parse(line));
  const { rows } = await client.query<Record<string, unknown>>(text, values);
  return JSON.stringify(rows);
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const client = new Client({ connectionString: url });
    await client.connect();
    print(line.startsWith('[') ? await runSql(client, line) : ((await commands[line]?.(client)) ?? 'unknown'));
    await client.end();
  }
} finally {
  await postgresql.close();
}
