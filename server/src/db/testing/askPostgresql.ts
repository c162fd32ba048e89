import { Client } from 'pg';

/** Asks a server one statement, on a connection of its own. */
export async function askPostgresql(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
