import { readFile } from 'node:fs/promises';
import { purposeSchema } from '@commonsight/types/purpose';
import { transparencyReportSchema } from '@commonsight/types/transparency';
import { rootOf } from 'commonsight-verify/tree';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditWriter } from '../audit/AuditWriter.ts';
import { sealLine } from '../audit/sealLine.ts';
import { hashReader } from '../audit/storedTree.ts';
import { auditEntries } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { faceRecognition } from './faceRecognition.ts';
import { periodAt } from './period.ts';
import { slugOf } from './slugOf.ts';
import { Transparency } from './Transparency.ts';

const dayMs = 24 * 60 * 60 * 1000;
let server: TestServer;
let writer: AuditWriter;

beforeAll(async () => {
  server = await createTestServer();
  writer = new AuditWriter(server.database.db);
  // The log's first line: that the agency has a policy. A job of the server's begins with it too, at any moment.
  await server.services.policies.current(server.agencyId);
  const now = Date.now();
  // Seven viewings nine days ago and six yesterday, none of whose values is anybody's.
  for (const [daysAgo, number] of [
    [9, 7],
    [1, 6],
  ] as const) {
    for (let each = 0; each < number; each += 1) await writeViewing(new Date(now - daysAgo * dayMs));
  }
});

afterAll(() => server.close());

async function writeViewing(at: Date): Promise<void> {
  const actor = { kind: 'system', agencyId: server.agencyId } as const;
  const target = { kind: 'viewing', id: newId() } as const;
  const details = { purpose: 'propertyCrime', incidentNumber: 2041 };
  const started = { type: 'viewing.started', outcome: 'done', actor, target, details } as const;
  const ended = { ...started, type: 'viewing.ended', details: { durationMs: 120_000 } } as const;
  await writer.write([started, ended].map((act) => sealLine(act, { id: newId(), at, actorId: null })));
}

function transparency(delayDays: number, now = Date.now()): Transparency {
  const { db } = server.database;
  return new Transparency({
    db,
    policies: server.services.policies,
    originOf: (logId) => `test/log/${logId}`,
    delayDays,
    now: () => now,
  });
}

test('figures end before the delay', async () => {
  const late = await transparency(7).read('test-agency');
  const early = await transparency(0).read('test-agency');
  expect([totalOf(late), totalOf(early)]).toEqual([7, 13]);
  expect(late.period.to).toBe(new Date(Math.floor(Date.now() / dayMs - 7) * dayMs).toISOString());
  expect(late.figures.find(({ id }) => id === 'minutes')?.rows).toContainEqual({
    key: 'propertyCrime',
    name: 'Property crime',
    value: 14,
  });
});

test('the checkpoint is the log at the end of the period', async () => {
  const { checkpoint, figures } = await transparency(7).read('test-agency');
  const { db } = server.database;
  const size = 1 + 2 * 7;
  expect(checkpoint.size).toBe(size);
  const root = await rootOf(size, hashReader(db, server.agencyId, size));
  expect(checkpoint.root).toBe(Buffer.from(root).toString('base64'));
  expect(figures.filter(({ id }) => id !== 'cameras').map((figure) => figure.checkpoint?.size)).toEqual(
    figures.slice(1).map(() => size),
  );
});

test('one report serves a day, and the next day has another', async () => {
  const now = Date.now();
  let reads = 0;
  const { db } = server.database;
  let at = now;
  const daily = new Transparency({
    db,
    policies: {
      current: (agencyId) => {
        reads += 1;
        return server.services.policies.current(agencyId);
      },
    },
    originOf: (logId) => logId,
    delayDays: 7,
    now: () => at,
  });
  await Promise.all([daily.read('test-agency'), daily.read('test-agency')]);
  await daily.list();
  expect(reads).toBe(1);
  at += dayMs;
  await daily.read('test-agency');
  expect(reads).toBe(2);
});

test('anybody reads it, as a page asks for it and as a table', async () => {
  const answer = await server.nobody.call('GET', '/api/transparency');
  expect(answer.status).toBe(200);
  const report = transparencyReportSchema.parse(answer.body['report']);
  expect(report.policy?.text).toContain('commonsight-policy-1');
  expect(await server.nobody.call('GET', '/api/transparency/nowhere')).toMatchObject({ status: 404 });

  const table = await server.server.app.inject({ url: '/api/transparency/test-agency/figures.csv' });
  expect(table.headers['content-type']).toMatch(/^text\/csv/);
  const lines = table.body.trimEnd().split('\r\n');
  expect(lines[0]).toBe('figure,row,name,value,unit,state,from,to,origin,size,root');
  expect(lines.find((text) => text.startsWith('viewings,total,'))).toContain(',13,count,shown,');
  expect(lines.find((text) => text.startsWith('alerts,begun,'))).toContain(',0,count,shown,');
  expect(lines.find((text) => text.startsWith('viewings,training,'))).toContain(',0,count,shown,');
});

test('nothing about a person leaves', async () => {
  const analyst = await server.signIn('analyst');
  const text = JSON.stringify(await transparency(0).read('test-agency'));
  for (const secret of [analyst.actor?.userId, analyst.actor?.name, '127.0.0.1']) expect(text).not.toContain(secret);
});

test('another agency has figures of its own, and then each is asked for by its name', async () => {
  const otherId = await seedTestAgency(server.database.db, 'Zweite Behörde');
  const reports = transparency(0);
  const { agencies, report } = await reports.list();
  expect(agencies.map(({ slug }) => slug)).toEqual(['test-agency', 'zweite-behorde']);
  expect(report).toBeNull();
  const other = await reports.read('zweite-behorde');
  expect([totalOf(other), other.checkpoint.origin]).toEqual([0, `test/log/${otherId}`]);
});

test('lines are counted by what the leaf says', async () => {
  const { db } = server.database;
  const [row] = await db
    .select({ purpose: sql<string>`${auditEntries.leaf}::jsonb #>> '{details,purpose}'` })
    .from(auditEntries)
    .where(eq(auditEntries.type, 'viewing.started'))
    .limit(1);
  expect(purposeSchema.options).toContain(row?.purpose);
});

test('the statement names a test that is there', async () => {
  const source = await readFile(new URL(`../../../${faceRecognition.testFile}`, import.meta.url), 'utf8');
  expect(source).toContain(`test('${faceRecognition.testName}'`);
});

test('a period is whole days in UTC, and up to now without a delay', () => {
  const now = new Date('2026-03-10T15:04:05.678Z');
  expect(periodAt(now, 7)).toEqual({ from: new Date('2026-02-01T00:00:00Z'), to: new Date('2026-03-03T00:00:00Z') });
  expect(periodAt(now, 0).to).toEqual(now);
});

test('names in addresses', () => {
  expect(slugOf({ id: 'x', name: "St. Mary's Police" })).toBe('st-mary-s-police');
  expect(slugOf({ id: 'x', name: '警察' })).toBe('x');
});

function totalOf(report: { figures: { id: string; rows: { key: string; value: number | null }[] }[] }) {
  const figure = report.figures.find(({ id }) => id === 'viewings');
  return figure?.rows.find(({ key }) => key === 'total')?.value;
}
