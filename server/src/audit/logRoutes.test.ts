import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { openCheckpoint } from 'commonsight-verify/checkpoint';
import { verifyBundle } from 'commonsight-verify/bundle';
import { parseVerifierKey, type VerifierKey } from 'commonsight-verify/note';
import { readEntryBundle, tilePath, tileReader, widthIn } from 'commonsight-verify/tiles';
import { leafHash, rootOf } from 'commonsight-verify/tree';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../db/testing/describeStorages.ts';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, testPosition } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { Audit } from './Audit.ts';
import { erasePersonalValues } from './erasePersonalValues.ts';

const command = fileURLToPath(new URL('../../../types/verify/src/cli/main.ts', import.meta.url));

let server: TestServer;
let supervisor: TestClient;
let dispatcher: TestClient;
let log: string;

beforeAll(async () => {
  server = await createTestServer();
  supervisor = await server.signIn('supervisor');
  dispatcher = await server.signIn('dispatcher');
  log = `/api/log/${server.agencyId}`;
  const incident = { title: 'Fire at the "Ω" café', priority: 1, position: testPosition };
  for (let count = 0; count < 3; count += 1) await dispatcher.call('POST', '/api/incidents', incident);
});

afterAll(() => server.close());

async function get(path: string, client?: TestClient) {
  const headers = client === undefined ? {} : { cookie: client.cookie };
  return server.server.app.inject({ method: 'GET', url: path, headers });
}

async function logKeys(): Promise<VerifierKey[]> {
  const answer = await get(`/api/log/key?log=${server.agencyId}`);
  return [parseVerifierKey(answer.json<{ verifierKey: string }>().verifierKey)];
}

async function head() {
  const keys = await logKeys();
  return until(async () => {
    const asked = await get(`${log}/checkpoint`);
    if (asked.statusCode !== 200) return null;
    const opened = openCheckpoint(asked.body, { log: keys });
    return opened.size > 4 ? opened : null;
  });
}

async function exported(query = ''): Promise<Uint8Array> {
  const answer = await get(`${log}/export${query}`, supervisor);
  expect(answer.statusCode).toBe(200);
  return answer.rawPayload;
}

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

const verify = async (bytes: Uint8Array) => verifyBundle([bytes], { log: await logKeys() });

test('LOG7 anybody reads the checkpoint and the hash tiles, and they fit', async () => {
  const { size, root } = await head();
  const readHashes = tileReader(size, async (tile) => {
    const answer = await get(`${log}/${tilePath(tile)}`);
    expect(answer.headers['cache-control']).toContain('immutable');
    return answer.rawPayload;
  });
  expect(await rootOf(size, readHashes)).toEqual(root);

  const width = widthIn(size, 'entries', 0);
  const answer = await get(`${log}/${tilePath({ level: 'entries', index: 0, width })}`, supervisor);
  const entries = readEntryBundle(answer.rawPayload, width) ?? [];
  const hashes = await readHashes(entries.map((_, index) => ({ level: 0, index })));
  expect(entries.map((entry) => hex(leafHash(entry)))).toEqual(hashes.map(hex));
});

test.each([
  ['tile/0/001', 'a tile that is not there'],
  ['tile/0/000.p/255', 'a tile that is not so wide'],
  ['tile/9/000.p/1', 'a level that is not there'],
  ['tile/0/0', 'another spelling'],
  ['tile/0/x001', 'a path that is none'],
])('LOG7 %s: %s is not found', async (path) => {
  expect((await get(`${log}/${path}`)).statusCode).toBe(404);
});

test('LOG7 the log of an agency that has none is not found, and no other name is one', async () => {
  expect((await get(`/api/log/${newId()}/checkpoint`)).statusCode).toBe(404);
  expect((await get('/api/log/..%2Fserver/checkpoint')).statusCode).toBe(400);
});

test('LOG8 entries and exports are for the own agency, who holds the permission, and reading them is a line', async () => {
  const other = await server.signIn('supervisor', await seedTestAgency(server.database.db, 'Another agency'));
  for (const path of ['tile/entries/000.p/1', 'export']) {
    expect((await get(`${log}/${path}`)).statusCode).toBe(401);
    expect((await get(`${log}/${path}`, dispatcher)).statusCode).toBe(403);
    expect((await get(`${log}/${path}`, other)).statusCode).toBe(404);
    // The server's own log belongs to no agency.
    expect((await get(`/api/log/server/${path}`, supervisor)).statusCode).toBe(404);
  }
  const read = async (type: string) =>
    (await supervisor.call('GET', `/api/audit-events?type=${type}&outcome=refused`)).body['events'] as object[];
  expect(await read('audit.exported')).toHaveLength(2);
  expect(JSON.stringify(await read('audit.exported'))).not.toContain(other.actor?.agencyId);
});

test('LOG9 an export stands for itself, its own line included, and holds nothing of another agency', async () => {
  const bytes = await exported();
  const verdict = await verify(bytes);
  expect(verdict).toMatchObject({ ok: true, report: { scope: { kind: 'every' }, logKey: 'trusted' } });
  const text = Buffer.from(bytes).toString();
  expect(text).toContain('audit.exported');
  expect(text).toContain('Fire at the');
  // Whose log it is stands in each entry; no other agency's does.
  expect(new Set(text.match(/(?<="agencyId":")[^"]+/g))).toEqual(new Set([server.agencyId]));

  const changed = Buffer.from(text.replace('"outcome":"done"', '"outcome":"refused"'));
  expect(await verify(changed)).toMatchObject({ ok: false });
});

test('LOG9 an export of what a search finds holds just that', async () => {
  const bytes = await exported('?type=incident.created');
  expect(await verify(bytes)).toMatchObject({ ok: true, report: { entries: 3, scope: { kind: 'chosen' } } });
});

test('LOG9 exports are whole while others write and export at the same moment', async () => {
  const writers = await Promise.all(
    (['dispatcher', 'administrator', 'analyst'] as const).map((role) => server.signIn(role)),
  );
  for (let round = 0; round < 5; round += 1) {
    const [answers] = await Promise.all([
      Promise.all([1, 2, 3].map(() => get(`${log}/export`, supervisor))),
      // Each of these is a line of this log.
      Promise.all(writers.flatMap((writer) => [1, 2, 3, 4].map(() => writer.call('GET', '/api/cameras')))),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(200);
      expect(await verify(answer.rawPayload)).toMatchObject({ ok: true });
    }
  }
});

test('LOG9 the command checks an export by itself, and names what was changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-export-'));
  const key = (await get(`/api/log/key?log=${server.agencyId}`)).json<{ verifierKey: string }>().verifierKey;
  const check = async (bytes: Uint8Array) => {
    const file = join(folder, 'export.jsonl');
    await writeFile(file, bytes);
    const child = spawn(process.execPath, [command, file, '--key', key], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text, [code]] = await Promise.all([readText(child.stdout), once(child, 'exit')]);
    return { code: code as number, text };
  };
  const bytes = await exported();
  expect(await check(bytes)).toMatchObject({ code: 0 });
  const changed = Uint8Array.from(bytes);
  const place = Buffer.from(bytes).indexOf('Fire at the');
  changed[place] = (changed[place] ?? 0) ^ 1;
  const found = await check(changed);
  expect(found.code).toBe(1);
  expect(found.text).toMatch(/entry \d+/i);
  await rm(folder, { recursive: true });
});

test('LOG10 values of persons are erased with a line, and the log still stands', async () => {
  const { db } = server.database;
  const before = new Date();
  await until(() => Date.now() > before.getTime());
  const audit = new Audit(db);
  const erase = () =>
    erasePersonalValues(
      { db, audit },
      { agencyId: server.agencyId, before, actor: { kind: 'system', agencyId: server.agencyId } },
    );
  const lines = await erase();
  expect(lines).toBeGreaterThan(4);
  expect(await erase()).toBe(0);
  expect(await failureOf(db.execute(sql`delete from audit_values`))).toMatch('append-only');
  await dispatcher.call('GET', '/api/incidents');

  const bytes = await exported();
  expect(await verify(bytes)).toMatchObject({ ok: true });
  const text = Buffer.from(bytes).toString();
  expect(text).not.toContain('Fire at the');
  expect(text).toContain('erased');
  const [line] = (await supervisor.call('GET', '/api/audit-events?type=audit.valuesErased')).body['events'] as object[];
  expect(line).toMatchObject({ details: { lines, erasedBefore: before.toISOString() } });
  const created = await supervisor.call('GET', '/api/audit-events?type=incident.created');
  const nobody = { actorId: null, actorName: null, actorKind: 'user' };
  expect(created.body['events']).toMatchObject([nobody, nobody, nobody]);
});

test('health says whether lines can be written', async () => {
  const health = async () => (await server.nobody.call('GET', '/api/health')).body;
  expect(await health()).toMatchObject({ status: 'ready', audit: 'up' });
  const { db } = server.database;
  await db.execute(sql`alter table audit_entries rename to audit_entries_away`);
  try {
    expect((await supervisor.call('GET', '/api/walls')).status).toBe(500);
    expect(await health()).toMatchObject({ status: 'degraded', audit: 'down' });
  } finally {
    await db.execute(sql`alter table audit_entries_away rename to audit_entries`);
  }
  await supervisor.call('GET', '/api/walls');
  expect(await health()).toMatchObject({ audit: 'up' });
});
