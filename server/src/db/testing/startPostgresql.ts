import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../testing/freePort.ts';
import type { Database } from '../Database.ts';
import { openPostgresql } from '../openPostgresql.ts';
import { askPostgresql } from './askPostgresql.ts';

const run = promisify(execFile);
const startTimeoutMs = 30_000;

/** A PostgreSQL of the tests' own, on a free port and in a folder of its own. */
export interface TestPostgresql {
  /** Opens an empty, migrated database in it. */
  createDatabase(): Promise<Database>;
  /** Makes an empty database in it, under a new name when none is given, and answers its address. */
  createEmpty(name?: string): Promise<string>;
  /** Ends the server and removes its folder. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts Debian's PostgreSQL. Its programs refuse to run as root: then they run as `postgres`. Tests need no commit to
 * survive the machine; measurements do (`isDurable`).
 */
export async function startPostgresql({
  isDurable = false,
  settings: more = [],
}: { isDurable?: boolean; settings?: readonly string[] } = {}): Promise<TestPostgresql> {
  const binaries = await findBinaries();
  const account = await findAccount();
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-postgresql-'));
  if (account !== null) await chown(folder, account.uid, account.gid);
  const prefix =
    account === null ? [] : ['setpriv', '--reuid', `${account.uid}`, '--regid', `${account.gid}`, '--clear-groups'];
  const command = (name: string, ...args: string[]): [string, string[]] => {
    const [program = '', ...rest] = [...prefix, join(binaries, name), ...args];
    return [program, rest];
  };

  const dataDir = join(folder, 'data');
  const port = await freePort();
  await run(...command('initdb', '-D', dataDir, '-U', 'commonsight', '-A', 'trust', '-E', 'UTF8', '--no-sync'), {
    cwd: folder,
  });
  const settings = [
    '-h',
    '127.0.0.1',
    '-p',
    `${port}`,
    '-k',
    folder,
    ...(isDurable ? [] : ['-c', 'fsync=off']),
    ...more.flatMap((setting) => ['-c', setting]),
    '-c',
    'log_min_messages=fatal',
  ];
  const server = spawn(...command('postgres', '-D', dataDir, ...settings), { cwd: folder, stdio: 'ignore' });

  const address = (name: string) => `postgresql://commonsight@127.0.0.1:${port}/${name}`;
  const close = async () => {
    // SIGINT is PostgreSQL's fast shutdown: it ends what is connected.
    if (isRunning(server) && server.kill('SIGINT')) await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilItAnswers(address('postgres'), server);
  } catch (error) {
    await close();
    throw error;
  }

  let count = 0;
  const createEmpty = async (name = `test_${(count += 1)}`) => {
    await askPostgresql(address('postgres'), `create database ${name}`);
    return address(name);
  };
  return {
    createDatabase: async () => openPostgresql({ url: await createEmpty(), onError: () => undefined }),
    createEmpty,
    close,
  };
}

async function findBinaries(): Promise<string> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  if (newest === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  return join(root, newest, 'bin');
}

/** The account to run as, or null when this one will do. */
async function findAccount(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function waitUntilItAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (!isRunning(server) || Date.now() > deadline) {
        throw new Error('PostgreSQL did not start.', { cause: error });
      }
      await wait(50);
    }
  }
}

function isRunning(server: ChildProcess): boolean {
  return server.exitCode === null && server.signalCode === null;
}
