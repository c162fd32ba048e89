import { findingSchema } from '@commonsight/types/finding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { statusesOf } from '../testing/statusesOf.ts';

let server: TestServer;
let auditor: TestClient;
let supervisor: TestClient;
const note = 'Opened without an incident that fits.';

beforeAll(async () => {
  server = await createTestServer();
  [auditor, supervisor] = [await server.signIn('auditor'), await server.signIn('supervisor')];
});

afterAll(() => server.close());

async function open(): Promise<string> {
  const answer = await auditor.call('POST', '/api/findings', { sequences: [2, 1, 2], note });
  return findingSchema.parse(answer.body).id;
}

test('an auditor opens a finding on entries and closes it with what came of it', async () => {
  const id = await open();
  const listed = (await supervisor.call('GET', '/api/findings')).body['findings'] as unknown[];
  expect(listed.map((finding) => findingSchema.parse(finding))[0]).toMatchObject({
    id,
    state: 'open',
    sequences: [1, 2],
    note,
    createdBy: { id: auditor.actor?.userId },
  });
  const closed = await auditor.call('POST', `/api/findings/${id}/close`, { outcome: 'It was explained.' });
  expect(closed.body).toMatchObject({ state: 'closed', outcome: 'It was explained.' });
  expect((await auditor.call('POST', `/api/findings/${id}/close`, { outcome: 'And once more.' })).status).toBe(409);
  const types = ((await auditor.call('GET', '/api/audit-events?limit=50')).body['events'] as { type: string }[]).map(
    ({ type }) => type,
  );
  for (const type of ['finding.opened', 'finding.closed', 'finding.listed', 'audit.read'])
    expect(types).toContain(type);
});

test('a finding that is closed twice at once is closed once, with one line', async () => {
  const id = await open();
  const close = (outcome: string) => auditor.call('POST', `/api/findings/${id}/close`, { outcome });
  const answers = await Promise.all([close('It was explained.'), close('It was coached.')]);
  expect(statusesOf(answers)).toEqual([200, 409]);
  const { body } = await auditor.call('GET', `/api/audit-events?targetId=${id}&type=finding.closed`);
  const lines = body['events'] as { outcome: string }[];
  expect(lines.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
});

test('nobody in the chain of command writes findings, and none are about entries that there are not', async () => {
  const id = await open();
  expect((await supervisor.call('POST', '/api/findings', { sequences: [1], note })).status).toBe(403);
  expect((await supervisor.call('POST', `/api/findings/${id}/close`, { outcome: note })).status).toBe(403);
  expect((await auditor.call('POST', '/api/findings', { sequences: [1_000_000], note })).status).toBe(404);
});

test("another agency's findings do not exist", async () => {
  const id = await open();
  const other = await server.signIn('auditor', await seedTestAgency(server.database.db, 'Other agency'));
  expect((await other.call('POST', `/api/findings/${id}/close`, { outcome: note })).status).toBe(404);
  expect((await other.call('GET', '/api/findings')).body['findings']).toEqual([]);
});

test('a sample is drawn from what the search finds', async () => {
  for (let each = 0; each < 6; each += 1) await auditor.call('GET', '/api/findings');
  const answer = await auditor.call('GET', '/api/audit-events/sample?type=finding.listed&limit=4');
  const events = answer.body['events'] as { type: string; sequence: number }[];
  expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => 'finding.listed'));
  const sequences = events.map(({ sequence }) => sequence);
  expect(new Set(sequences).size).toBe(4);
  expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
});

test('the search finds by person', async () => {
  const ask = async (query: string) => (await auditor.call('GET', `/api/audit-events?${query}`)).body['events'];
  expect(await ask('person=the%20audit&type=finding.listed')).toContainEqual(
    expect.objectContaining({ actorName: 'The auditor' }),
  );
  expect(await ask('person=nobody%20of%20this%20name')).toEqual([]);
  expect(await ask('incident=2041')).toEqual([]);
  expect(await ask(`cameraId=${auditor.actor?.userId}`)).toEqual([]);
});
