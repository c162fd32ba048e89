import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toBase64 } from '../bytes/bytes.ts';
import { writeBundle } from '../bundle/bundle.ts';
import { signCheckpoint } from '../checkpoint/checkpoint.ts';
import { formatVerifierKey, makeSignerKey } from '../note/note.ts';
import { KeptHashes } from '../testing/KeptHashes.ts';
import { gather, TrainingLog } from '../testing/TrainingLog.ts';
import { trainingTiles } from '../testing/trainingTiles.ts';
import { prefixProof } from '../tree/tree.ts';
import { runCli } from './runCli.ts';

const log = TrainingLog.ofSize(300, [100]);
const key = formatVerifierKey(log.signer.verifier);
const witness = formatVerifierKey(log.witness.verifier);
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-verify-'));
  file = join(folder, 'export.jsonl');
  await writeFile(file, await gather(writeBundle(log.source())));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ exitCode: number; text: string }> {
  const lines: string[] = [];
  const exitCode = await runCli(args, (line) => lines.push(line));
  return { exitCode, text: lines.join('\n') };
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test('a good export, by the command itself', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const args = [main, file, '--key', key, '--witness', witness];
  const { error, stdout } = await new Promise<{ error: Error | null; stdout: string }>((resolve) => {
    execFile(process.execPath, args, (failure, output) => resolve({ error: failure, stdout: output }));
  });
  expect(error).toBeNull();
  expect(stdout).toContain('Good: all 300 entries are as training.example/audit signed them.');
  expect(stdout).toContain('2 verified, each begins with the one before');
  expect(stdout).toContain('relay.example/w1, 300 entries at 2023-11-14T22:18:20.000Z');
  expect(stdout).toContain('0 erased');
  expect(stdout).toMatch(/Duration +[0-9.]+ s, [0-9,]+ entries a second/);
});

test('one changed byte', async () => {
  const bytes = await readFile(file);
  const at = bytes.indexOf('"incidentNumber":222') + '"incidentNumber":22'.length;
  bytes[at] = '3'.charCodeAt(0);
  const { exitCode, text } = await run(await written('changed.jsonl', bytes), '--key', key);
  expect(exitCode).toBe(1);
  expect(text).toContain('Bad: Entry 222 is not the one that the log signed.');
  expect(text).toMatch(/First bad entry +222/);
});

test('without a key it is not good, however well it fits', async () => {
  const { exitCode, text } = await run(file);
  expect(exitCode).toBe(2);
  expect(text).toContain('--key was not given');
});

test.each([
  ['no file', ['nowhere.jsonl', '--key', key], 'cannot be read'],
  ['no key', ['nowhere.jsonl', '--key', 'x'], 'no verifier key'],
  ['nothing', [], 'name one file'],
  ['an unknown option', ['--keys', key], 'Unknown option'],
  ['a server out of reach', ['http://127.0.0.1:1/log', '--key', key], 'cannot be read'],
  ['a log without a key', ['http://127.0.0.1:1/log'], 'needs --key'],
])('%s cannot be checked', async (_what, args, sentence) => {
  const { exitCode, text } = await run(...args);
  expect(exitCode).toBe(2);
  expect(text).toContain(sentence);
});

test('help says how', async () => {
  expect(await run('--help')).toMatchObject({ exitCode: 0 });
});

describe('a kept checkpoint', () => {
  test('that the log begins with', async () => {
    const since = await written('kept.txt', log.checkpoints[0] ?? '');
    const { exitCode, text } = await run(file, '--key', key, '--since', since);
    expect(exitCode).toBe(0);
    expect(text).toContain('the log begins with it');
  });

  test('of another history', async () => {
    const other = signCheckpoint({ origin: log.signer.verifier.name, size: 100, root: new Uint8Array(32) }, log.signer);
    const since = await written('forked.txt', other);
    const { exitCode, text } = await run(file, '--key', key, '--since', since);
    expect(exitCode).toBe(1);
    expect(text).toContain('two histories');
    const fork = await run('fork', since, await written('kept.txt', log.checkpoints[0] ?? ''), '--key', key);
    expect(fork.exitCode).toBe(1);
    expect(fork.text).toContain('was forked');
  });

  test('that somebody else signed cannot be used', async () => {
    const stranger = makeSignerKey(log.signer.verifier.name, 'ed25519');
    const note = signCheckpoint({ origin: stranger.verifier.name, size: 100, root: new Uint8Array(32) }, stranger);
    expect(await run(file, '--key', key, '--since', await written('strange.txt', note))).toMatchObject({ exitCode: 2 });
  });

  test('and itself are no fork', async () => {
    const kept = await written('kept.txt', log.checkpoints[0] ?? '');
    expect(await run('fork', kept, kept, '--key', key)).toMatchObject({ exitCode: 0 });
    const head = await written('head.txt', log.checkpoints[1] ?? '');
    expect(await run('fork', kept, head, '--key', key)).toMatchObject({ exitCode: 2 });
  });
});

describe('a running log', () => {
  const files = new Map<string, Uint8Array>();
  let server: Server;
  let address: string;

  beforeAll(async () => {
    for (const [path, bytes] of await trainingTiles(log)) files.set(`/log/${path}`, bytes);
    server = createServer((request, response) => {
      const bytes = files.get(request.url ?? '');
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/log`;
  });
  afterAll(() => {
    server.close();
  });

  test('is good, and its checkpoint is kept for the next time', async () => {
    const keep = join(folder, 'next.txt');
    const { exitCode, text } = await run(address, '--key', key, '--witness', witness, '--keep', keep);
    expect(text).toContain('Good: all 300 entries');
    expect(exitCode).toBe(0);
    expect(await readFile(keep, 'utf8')).toBe(log.checkpoints.at(-1));
    expect(await run(address, '--key', key, '--since', keep)).toMatchObject({ exitCode: 0 });
  });

  test('is bad when an entry was changed', async () => {
    const path = '/log/tile/entries/001.p/44';
    const bytes = files.get(path) ?? new Uint8Array();
    files.set(path, bytes.with(1000, (bytes[1000] ?? 0) ^ 1));
    const { exitCode, text } = await run(address, '--key', key);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/First bad entry +257/);
  });
});

describe('a running log whose entries need a session', () => {
  const files = new Map<string, Uint8Array>();
  const asked: { path: string; cookie: string | undefined }[] = [];
  let server: Server;
  let address: string;
  let busyAnswers = 1;

  beforeAll(async () => {
    for (const [path, bytes] of await trainingTiles(log)) files.set(`/log/${path}`, bytes);
    server = createServer((request, response) => {
      const path = request.url ?? '';
      const { cookie } = request.headers;
      asked.push({ path, cookie });
      if (busyAnswers > 0) {
        busyAnswers -= 1;
        response.writeHead(429, { 'retry-after': '0' }).end();
        return;
      }
      const isOpen = !path.includes('/entries/') || cookie === 'commonsight.session_token=right';
      const bytes = files.get(path);
      response.writeHead(isOpen ? (bytes ? 200 : 404) : 401).end(bytes);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/log`;
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  test('is checked whole with it, which goes to the entries alone', async () => {
    vi.stubEnv('COMMONSIGHT_SESSION', 'right');
    const { exitCode, text } = await run(address, '--key', key, '--session');
    expect(text).not.toContain('not public');
    expect(exitCode).toBe(0);
    const withCookie = asked.filter(({ cookie }) => cookie !== undefined);
    expect(withCookie.length).toBeGreaterThan(0);
    expect(withCookie.every(({ path }) => path.includes('/entries/'))).toBe(true);
  });

  test('and is not called good with a wrong one, nor shown any over a network in clear text', async () => {
    vi.stubEnv('COMMONSIGHT_SESSION', 'wrong');
    expect(await run(address, '--key', key, '--session')).toMatchObject({ exitCode: 2 });
    const open = await run(address, '--key', key);
    expect(open).toMatchObject({ exitCode: 0 });
    expect(open.text).toContain('not public');
    const before = asked.length;
    const { exitCode, text } = await run('http://log.example/log', '--key', key, '--session');
    expect([exitCode, text]).toEqual([2, expect.stringContaining('https')]);
    vi.stubEnv('COMMONSIGHT_SESSION', 'two; cookies');
    expect(await run(address, '--key', key, '--session')).toMatchObject({ exitCode: 2 });
    expect(asked.length).toBe(before);
  });
});

test('two checkpoints of two sizes are a fork with the hashes that show it', async () => {
  const forked = TrainingLog.ofSize(5);
  const kept = await written('five.txt', forked.checkpoints[0] ?? '');
  const large = new KeptHashes(Array.from({ length: 9 }, (_, at) => new TextEncoder().encode(`other ${at}`)));
  const checkpoint = { origin: forked.signer.verifier.name, size: 9, root: large.tree.root() };
  const seen = await written('nine.txt', signCheckpoint(checkpoint, forked.signer));
  const hashes = await prefixProof(5, 9, large.read);
  const proof = await written('proof.txt', hashes.map((hash) => `${toBase64(hash)}\n`).join(''));
  const forkKey = formatVerifierKey(forked.signer.verifier);
  const found = await run('fork', kept, seen, '--key', forkKey, '--proof', proof);
  expect(found).toMatchObject({ exitCode: 1, text: expect.stringContaining('was forked') });
  expect(await run('fork', kept, seen, '--key', forkKey)).toMatchObject({ exitCode: 2 });
  const damaged = await written('damaged.txt', 'nonsense');
  expect(await run('fork', kept, seen, '--key', forkKey, '--proof', damaged)).toMatchObject({ exitCode: 2 });
});

test('a name in the file cannot steer the terminal', async () => {
  const turned = makeSignerKey('relay.example/\u202ew1', 'cosignature');
  const other = new TrainingLog(log.signer, turned);
  other.check();
  const { text } = await run(await written('turned.jsonl', await gather(writeBundle(other.source()))), '--key', key);
  expect(text).toContain('relay.example/?w1');
});
