import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import { referenceCityFile } from '../config.ts';
import { grants, policies, policyProposals } from '../db/schema.ts';
import type { NoticeMap } from '../notices.ts';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestCamera, seedTestIncident } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { Policies } from './Policies.ts';
import { policyHash } from './readPolicy.ts';

let server: TestServer;
let agencyId: string;
let supervisor: TestClient;
let administrator: TestClient;
let analyst: TestClient;
let text: string;
let firstSequence: number;
const ended: NoticeMap['grantEnded'][] = [];

beforeAll(async () => {
  server = await createTestServer();
  text = await readFile(referenceCityFile, 'utf8');
  server.server.notices.on('grantEnded', (notice) => void ended.push(notice));
  // One agency for all, because a minute has no more than 30 sign-ins.
  ({ agencyId } = server);
  supervisor = await server.signIn('supervisor');
  administrator = await server.signIn('administrator');
  analyst = await server.signIn('analyst');
});

afterAll(() => server.close());

beforeEach(async () => {
  ended.length = 0;
  const { db } = server.database;
  await db.delete(policyProposals);
  await db.delete(policies);
  const [last] = await new Audit(db).list(agencyId, { limit: 1 });
  firstSequence = (last?.sequence ?? 0) + 1;
});

const propose = (client: TestClient, file: string) => client.call('POST', '/api/policy/proposals', { text: file });
const decide = (client: TestClient, id: unknown, act: 'approve' | 'refuse') =>
  client.call('POST', `/api/policy/proposals/${String(id)}/${act}`);
const active = async () => (await analyst.call('GET', '/api/policy')).body;
const linesOf = async (type: string) =>
  (await new Audit(server.database.db).list(agencyId, { limit: 100 })).filter(
    (line) => line.type === type && line.sequence >= firstSequence,
  );

async function grantFor(client: TestClient, changes: { purpose?: string; isResidential?: boolean } = {}) {
  const { db } = server.database;
  const site = { name: 'S', address: '1 A St', position: { latitude: 43, longitude: -87 } };
  const { body } = await administrator.call('POST', '/api/sites', { ...site, isResidential: changes.isResidential });
  const camera = await seedTestCamera(db, { agencyId, siteId: String(body['id']) });
  const incidentId = await seedTestIncident(db, { agencyId });
  const wish = { incidentId, purpose: changes.purpose ?? 'violentCrime', cameraIds: [camera.id] };
  return { ...(await client.call('POST', '/api/grants', wish)), siteId: String(body['id']) };
}

/** Makes a changed pack the active one. */
async function change(file: string): Promise<void> {
  const proposal = (await propose(supervisor, file)).body;
  expect((await decide(administrator, proposal['id'], 'approve')).status).toBe(200);
}

test('an agency begins with the server’s pack: shown as the file it is, with a line', async () => {
  expect(await active()).toMatchObject({
    hash: policyHash(text),
    text,
    pack: { name: 'Reference city' },
    proposedBy: null,
    approvedBy: null,
  });
  expect(await linesOf('policy.adopted')).toMatchObject([
    { actorKind: 'system', details: { policyHash: policyHash(text) } },
  ]);
});

test('whoever asks while it begins, and just after, gets the same pack, and there is one line', async () => {
  const { db } = server.database;
  const other = await seedTestAgency(db, 'Another agency');
  const ask = () => server.services.policies.current(other);
  const first = ask();
  const asked = [first];
  const isMade = first.then(() => true);
  const nextTurn = () => new Promise<boolean>((resolve) => setImmediate(resolve, false));
  // Those of the last turns have read that there is none, and go on when the first one is done.
  do asked.push(ask());
  while (!(await Promise.race([isMade, nextTurn()])));
  expect(new Set((await Promise.all(asked)).map(({ hash }) => hash))).toEqual(new Set([policyHash(text)]));
  const lines = await new Audit(db).list(other, { limit: 100 });
  expect(lines.map(({ type }) => type)).toEqual(['policy.adopted']);
});

describe('a change', () => {
  const changedText = () => text.replace('samplePercent: 5', 'samplePercent: 20');

  test('needs two people: proposed with its differences, approved by another, effective at once', async () => {
    const { body } = await propose(supervisor, changedText());
    expect(body).toMatchObject({
      state: 'proposed',
      hash: policyHash(changedText()),
      differences: [{ path: 'review.samplePercent', before: '5', after: '20' }],
      proposedBy: { id: supervisor.actor?.userId },
    });
    expect((await active())['hash']).toBe(policyHash(text));
    const own = await decide(supervisor, body['id'], 'approve');
    expect([own.status, own.body.error?.message]).toEqual([409, expect.stringContaining('Another person')]);

    const approved = await decide(administrator, body['id'], 'approve');
    expect(approved.body).toMatchObject({ state: 'approved', decidedBy: { id: administrator.actor?.userId } });
    expect(await active()).toMatchObject({
      hash: policyHash(changedText()),
      pack: { review: { samplePercent: 20 } },
      proposedBy: { id: supervisor.actor?.userId },
      approvedBy: { id: administrator.actor?.userId },
    });
    expect((await decide(administrator, body['id'], 'approve')).status).toBe(409);
    expect(await linesOf('policy.proposed')).toMatchObject([{ outcome: 'done', actorId: supervisor.actor?.userId }]);
    expect(await linesOf('policy.changed')).toMatchObject([
      { outcome: 'refused' },
      { outcome: 'done', actorId: administrator.actor?.userId, details: { policyHash: policyHash(changedText()) } },
      { outcome: 'refused', actorId: supervisor.actor?.userId },
    ]);
    const { body: listed } = await administrator.call('GET', '/api/policy/proposals');
    expect(listed['proposals']).toMatchObject([{ state: 'approved', differences: [{ path: 'review.samplePercent' }] }]);
  });

  test('is refused by either, and leaves everything as it is', async () => {
    for (const client of [administrator, supervisor]) {
      const { body } = await propose(supervisor, changedText());
      expect((await decide(client, body['id'], 'refuse')).body).toMatchObject({ state: 'refused' });
      expect((await decide(administrator, body['id'], 'approve')).status).toBe(409);
    }
    expect((await active())['hash']).toBe(policyHash(text));
  });

  test('that nobody decides on in 72 hours is refused', async () => {
    const { body } = await propose(supervisor, changedText());
    expect(Date.parse(String(body['expiresAt'])) - Date.parse(String(body['proposedAt']))).toBe(72 * 3_600_000);
    await server.database.db
      .update(policyProposals)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(policyProposals.id, String(body['id'])));
    expect((await decide(administrator, body['id'], 'approve')).status).toBe(409);
    await server.services.policies.endOverdueProposals(new Date());
    const { body: listed } = await administrator.call('GET', '/api/policy/proposals');
    expect(listed['proposals']).toMatchObject([{ state: 'timedOut', decidedBy: null }]);
    expect(await linesOf('policy.refused')).toMatchObject([{ actorKind: 'system', details: { reason: 'timedOut' } }]);
  });

  test('that is no pack is refused with its line, and nothing waits', async () => {
    const { status, body } = await propose(supervisor, text.replace('samplePercent: 5', 'samplePercent: few'));
    expect([status, body.error?.code]).toEqual([400, 'badRequest']);
    expect(body.error?.message).toMatch(/^Line \d+: review\.samplePercent must be a number\.$/);
    expect((await propose(supervisor, text)).body.error?.message).toBe('This is the policy that is active.');
    expect((await supervisor.call('GET', '/api/policy/proposals')).body['proposals']).toEqual([]);
  });

  test('waits alone, and is approved once', async () => {
    const { body } = await propose(supervisor, changedText());
    expect((await propose(administrator, `${changedText()}#`)).status).toBe(409);
    const second = await server.signIn('supervisor', agencyId);
    const answers = await Promise.all([
      decide(administrator, body['id'], 'approve'),
      decide(second, body['id'], 'approve'),
      decide(second, body['id'], 'refuse'),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const rows = await server.database.db.select().from(policies).where(eq(policies.agencyId, agencyId));
    expect(rows.filter((row) => row.activeUntil === null)).toHaveLength(1);
    const lines = await administrator.call('GET', `/api/audit-events?targetId=${String(body['id'])}`);
    const outcomes = (lines.body['events'] as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['done', 'refused', 'refused']);
  });

  test('MSG6 is nobody else’s: another agency neither sees nor decides on it', async () => {
    const { body } = await propose(supervisor, changedText());
    const stranger = await server.signIn('supervisor', await seedTestAgency(server.database.db, `Other ${newId()}`));
    for (const act of ['approve', 'refuse'] as const) {
      expect((await decide(stranger, body['id'], act)).body.error?.code).toBe('notFound');
    }
    expect((await stranger.call('GET', '/api/policy/proposals')).body['proposals']).toEqual([]);
    expect((await stranger.call('GET', '/api/policy')).body['hash']).toBe(policyHash(text));
  });
});

describe('the new pack', () => {
  test('shortens running grants to its maximum, and holds for new ones', async () => {
    const { body: before } = await grantFor(analyst);
    const changed: string[] = [];
    const stop = server.server.notices.on('grantChanged', ({ grant }) => void changed.push(grant.id));
    await change(
      text
        .replaceAll('maximumMinutes: 480', 'maximumMinutes: 10')
        .replaceAll('defaultMinutes: 30', 'defaultMinutes: 10'),
    );
    stop();
    expect(changed).toEqual([before['id']]);
    const [row] = await server.database.db
      .select()
      .from(grants)
      .where(eq(grants.id, String(before['id'])));
    expect(row?.endsAt.getTime()).toBe(Date.parse(String(before['startsAt'])) + 10 * 60_000);
    expect(row?.policyHash).not.toBe(before['policyHash']);
    const renewed = await analyst.call('POST', `/api/grants/${String(before['id'])}/extend`);
    expect([renewed.status, renewed.body.error?.code]).toEqual([409, 'conflict']);

    const { body: after } = await grantFor(analyst);
    expect(Date.parse(String(after['endsAt'])) - Date.parse(String(after['startsAt']))).toBe(10 * 60_000);
    expect(after['policyHash']).toBe((await active())['hash']);
  });

  test('lets a running grant be renewed no further than its own maximum', async () => {
    const { body } = await grantFor(analyst);
    await change(text.replaceAll('maximumMinutes: 480', 'maximumMinutes: 45'));
    expect((await analyst.call('GET', '/api/grants')).body['grants']).toContainEqual(
      expect.objectContaining({ id: body['id'], endsAt: body['endsAt'] }),
    );
    const renewed = await analyst.call('POST', `/api/grants/${String(body['id'])}/extend`);
    expect(Date.parse(String(renewed.body['latestEndsAt'])) - Date.parse(String(body['startsAt']))).toBe(45 * 60_000);
  });

  test('ends at once what it does not allow any more', async () => {
    const { body } = await grantFor(analyst, { purpose: 'trafficIncident' });
    await change(text.replace(/ {2}trafficIncident:[\s\S]*? {2}missingPerson:/, '  missingPerson:'));
    await until(() => ended.length > 0);
    expect(ended).toMatchObject([{ reason: 'expired', grant: { id: body['id'] } }]);
    expect((await grantFor(analyst, { purpose: 'trafficIncident' })).body.error?.code).toBe('purposeNotAllowed');
  });

  test('decides about homes: watched only where it allows, and not a moment longer', async () => {
    expect((await grantFor(analyst, { isResidential: true })).body.error?.code).toBe('notShared');
    const open = text.replace('allowsLiveView: false', 'allowsLiveView: true');
    await change(open);
    const { body } = await grantFor(analyst, { isResidential: true });
    expect(body['endedAt']).toBeNull();
    await change(text);
    expect(ended).toMatchObject([{ reason: 'policyChanged', grant: { id: body['id'] } }]);
  });
});

test('a site that turns out to be a home is not watched any more', async () => {
  const { body, siteId } = await grantFor(analyst);
  const changed = await administrator.call('PATCH', `/api/sites/${siteId}`, { isResidential: true });
  expect(changed.body).toMatchObject({ id: siteId, isResidential: true });
  expect(ended).toMatchObject([{ reason: 'policyChanged', grant: { id: body['id'] } }]);
});

test('a training is for training incidents alone', async () => {
  expect((await grantFor(analyst, { purpose: 'training' })).body.error?.code).toBe('purposeNotAllowed');
});

test('a text that was changed in the database is not gone by', async () => {
  await active();
  await server.database.db
    .update(policies)
    .set({ text: text.replace('allowsLiveView: false', 'allowsLiveView: true') })
    .where(eq(policies.agencyId, agencyId));
  const fresh = await Policies.create({
    db: server.database.db,
    access: {
      requireAccess: () => Promise.reject(new Error('not asked')),
      refuse: () => Promise.reject(new Error()),
    } as never,
    audit: new Audit(server.database.db),
    notices: server.server.notices,
    policyFile: referenceCityFile,
  });
  await expect(fresh.current(agencyId)).rejects.toThrow('does not have the hash');
});

test('a file that is no pack stops the server’s start and is named', async () => {
  const path = join(server.config.dataDir, 'broken.yaml');
  await writeFile(path, 'format: x');
  await expect(createTestServer({ policyFile: path })).rejects.toThrow(/POLICY_FILE is wrong: Line 1: /);
  await rm(path);
  await expect(createTestServer({ policyFile: path })).rejects.toThrow(
    'POLICY_FILE is wrong: The file cannot be read.',
  );
});

test('the times of sessions come from the agency’s pack', async () => {
  await change(text.replace('idleMinutes: 30', 'idleMinutes: 5'));
  expect(await server.services.policies.sessionRules(agencyId)).toEqual({
    idleMinutes: 5,
    reauthenticationHours: 12,
    requireSecondFactor: 'never',
  });
  const elsewhere = await seedTestAgency(server.database.db, `Other ${newId()}`);
  expect((await server.services.policies.sessionRules(elsewhere)).idleMinutes).toBe(30);
});
