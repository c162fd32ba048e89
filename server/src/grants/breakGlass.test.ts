import { createOTP } from '@better-auth/utils/otp';
import { base32 } from '@better-auth/utils/base32';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { breakGlassUses, grants, signInTries, users } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import type { TestClient } from '../testing/createTestServer.ts';
import { seedTestAgency, testPassword } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { statusesOf } from '../testing/statusesOf.ts';
import { GrantStage, userIdOf } from './testing/GrantStage.ts';

let stage: GrantStage;
let analyst: TestClient;
let supervisor: TestClient;

beforeAll(async () => {
  stage = await GrantStage.create();
  [analyst, supervisor] = [stage.as('analyst'), stage.as('supervisor')];
});

afterAll(() => stage.close());

beforeEach(() => void stage.useNotices.splice(0));

const path = '/api/grants/break-glass';
const password = { factor: 'password', password: testPassword };
const why = 'A child was seen on the tracks, nobody answered.';

async function use(client: TestClient, changes: object = {}) {
  const wish = { ...(await stage.wish()), reauthentication: password, ...changes };
  return { wish, ...(await client.call('POST', path, wish)) };
}

const usesOf = async (client: TestClient) => {
  const { body } = await client.call('GET', '/api/break-glass');
  return body as unknown as { uses: Record<string, unknown>[]; overdue: number };
};
const justify = (client: TestClient, id: unknown, text = why) =>
  client.call('POST', `/api/break-glass/${String(id)}/justify`, { text });
const makeDue = (id: unknown) =>
  stage.db
    .update(breakGlassUses)
    .set({ dueAt: new Date(Date.now() - 1) })
    .where(eq(breakGlassUses.grantId, String(id)));

describe('BRK1 break-glass', () => {
  test('gives the cameras at once and for the pack’s time, tells supervisors, and leaves its line', async () => {
    const { wish, body, status } = await use(analyst);
    expect([status, body['isBreakGlass'], body['purpose']]).toEqual([200, true, 'missingPerson']);
    expect(body['endsAt']).toBe(body['latestEndsAt']);
    expect(Date.parse(String(body['endsAt'])) - Date.parse(String(body['startsAt']))).toBe(60 * 60_000);
    if (analyst.actor === null) throw new Error('Nobody');
    const { grant } = await stage.server.services.grants.requireGrant(
      analyst.actor,
      wish.cameraIds[0] ?? '',
      wish.incidentId,
    );
    expect(grant.id).toBe(body['id']);
    expect(stage.useNotices).toMatchObject([{ use: { id: body['id'], state: 'open', cameraIds: wish.cameraIds } }]);
    const [line] = await stage.lines('breakGlass.used', String(body['id']));
    expect(line).toMatchObject({ actorId: userIdOf(analyst), targetId: wish.incidentId });
    expect(JSON.stringify(line)).not.toContain(testPassword);
    const dueMs =
      Date.parse(String((await usesOf(supervisor)).uses[0]?.['dueAt'])) - Date.parse(String(body['startsAt']));
    expect(dueMs).toBe(24 * 60 * 60_000);
  });

  test('cannot be extended', async () => {
    const { body } = await use(analyst);
    const { error } = (await analyst.call('POST', `/api/grants/${String(body['id'])}/extend`)).body;
    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('cannot be extended') });
  });

  test('is for the policy’s purposes and roles, and for what needs an approval', async () => {
    expect((await use(analyst, { purpose: 'propertyCrime' })).body.error?.code).toBe('notPermitted');
    expect((await use(analyst, { purpose: 'violentCrime' })).body.error?.code).toBe('conflict');
    expect((await use(stage.as('administrator'))).body.error?.code).toBe('notPermitted');
    const text = (await analyst.call('GET', '/api/policy')).body['text'] as string;
    const strict = await GrantStage.create(text.replace('roles: [analyst, ', 'roles: ['));
    try {
      const wish = { ...(await strict.wish()), reauthentication: password };
      expect((await strict.as('analyst').call('POST', path, wish)).body.error?.code).toBe('notPermitted');
      expect((await strict.as('dispatcher').call('POST', path, wish)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  test('stands beside the grant that runs, takes more cameras without more time, and not the same twice', async () => {
    const wish = await stage.wish();
    const ordinary = (await analyst.call('POST', '/api/grants', { ...wish, purpose: 'violentCrime' })).body;
    expect((await use(analyst, wish)).body.error?.message).toContain('already');
    const first = await use(analyst, { incidentId: wish.incidentId });
    const second = await use(analyst, { incidentId: wish.incidentId });
    expect(second.body).toMatchObject({ id: first.body['id'], endsAt: first.body['endsAt'] });
    expect(new Set(second.body['cameraIds'] as string[])).toEqual(
      new Set([...first.wish.cameraIds, ...second.wish.cameraIds]),
    );
    const running = (await analyst.call('GET', '/api/grants')).body['grants'];
    expect(running).toContainEqual(ordinary);
    expect(running).toContainEqual(second.body);
    expect(
      (await stage.lines('breakGlass.used', String(first.body['id']))).map(({ details }) => details['isAddition']),
    ).toEqual([true, false]);
    // Another purpose is another emergency.
    const other = { incidentId: wish.incidentId, purpose: 'publicEvent' };
    expect((await use(analyst, other)).body.error?.code).toBe('conflict');
  });

  test('used twice at once is one use, with one line', async () => {
    const wish = await stage.wish();
    const answers = await Promise.all([use(analyst, wish), use(analyst, wish)]);
    expect(statusesOf(answers)).toEqual([200, 409]);
    const made = await stage.db.select().from(grants).where(eq(grants.incidentId, wish.incidentId));
    expect(made).toHaveLength(1);
    expect(await stage.lines('breakGlass.used', String(made[0]?.id))).toHaveLength(1);
  });

  test('goes on beside an approval, which makes the ordinary grant', async () => {
    const { wish, body } = await use(analyst);
    const { incidentId, cameraIds } = wish;
    const asked = await stage.request(analyst, { incidentId, cameraIds });
    const { grantId } = (await stage.decide(supervisor, asked.body['id'], 'approve')).body;
    expect(grantId).not.toBe(body['id']);
    if (analyst.actor === null) throw new Error('Nobody');
    const looked = await stage.server.services.grants.requireGrant(analyst.actor, cameraIds[0] ?? '', incidentId);
    expect(looked.grant).toMatchObject({ id: grantId, isBreakGlass: false });
  });
});

describe('BRK2 break-glass asks for a factor again', () => {
  test('and refuses a wrong one with two lines, without a grant', async () => {
    const wrong = { factor: 'password', password: 'not the password' };
    const { wish, body } = await use(analyst, { reauthentication: wrong });
    expect(body.error?.code).toBe('wrongCredentials');
    expect(await stage.lines('breakGlass.used', wish.incidentId, 'refused')).toHaveLength(1);
    expect(await stage.db.select().from(grants).where(eq(grants.incidentId, wish.incidentId))).toEqual([]);
    await stage.db.delete(signInTries).where(eq(signInTries.userId, userIdOf(analyst)));
  });

  test('takes a code of the authenticator app, once', async () => {
    const client = await stage.server.signIn('analyst');
    const jar = new CookieJar(stage.server, client.cookie);
    const { body } = await jar.call('POST', '/api/account/totp', { password: testPassword });
    const secret = String(body['secret']);
    const codeOf = (ahead: number) =>
      createOTP(base32.decode(secret), { digits: 6, period: 30 }).hotp(Math.floor(Date.now() / 30_000) + ahead);
    expect(await jar.code('POST', '/api/account/totp/confirm', { code: await codeOf(-1) })).toBe('ok');
    const wish = await stage.wish();
    const reauthentication = { factor: 'totp', code: await codeOf(0) };
    expect(await jar.code('POST', path, { ...wish, reauthentication })).toBe('ok');
    expect(await jar.code('POST', path, { ...(await stage.wish()), reauthentication })).toBe('wrongCredentials');
    expect(
      await jar.code('POST', path, {
        ...(await stage.wish()),
        reauthentication: { factor: 'totp', code: await codeOf(1) },
      }),
    ).toBe('ok');
  });

  test('uses up no try for what the policy refuses anyway', async () => {
    const wrong = { factor: 'password', password: 'not the password' };
    await use(analyst, { purpose: 'propertyCrime', reauthentication: wrong });
    const ofAnalyst = eq(signInTries.userId, userIdOf(analyst));
    expect(await stage.db.select().from(signInTries).where(ofAnalyst)).toEqual([]);
  });

  test('locks the account after five wrong ones: the right one helps no more, and the session goes on', async () => {
    const client = await stage.server.signIn('analyst');
    const wrong = { factor: 'password', password: 'not the password' };
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await use(client, { reauthentication: wrong })).body.error?.code).toBe('wrongCredentials');
    }
    const [row] = await stage.db
      .select()
      .from(users)
      .where(eq(users.id, userIdOf(client)));
    expect(row?.lockedAt).not.toBeNull();
    expect((await use(client)).body.error?.code).toBe('wrongCredentials');
    expect((await client.call('GET', '/api/me')).status).toBe(200);
  });
});

describe('BRK3 a justification', () => {
  test('is written once, by who broke the glass, also after the grant has ended', async () => {
    const { body } = await use(analyst);
    await analyst.call('POST', `/api/grants/${String(body['id'])}/end`);
    expect((await justify(analyst, body['id'], 'Too short')).status).toBe(400);
    expect((await justify(supervisor, body['id'])).body.error?.code).toBe('notFound');
    expect((await justify(analyst, body['id'])).body).toMatchObject({ state: 'justified', justification: why });
    expect((await justify(analyst, body['id'], `${why} Again.`)).body.error?.code).toBe('conflict');
    expect(await stage.lines('breakGlass.justified', String(body['id']))).toMatchObject([
      { details: { justification: why } },
    ]);
    expect(stage.useNotices.map((notice) => notice.use.state)).toEqual(['open', 'justified']);
  });

  test('that is late counts at once, is told once, and can still be written', async () => {
    const { body } = await use(analyst);
    const before = await usesOf(supervisor);
    await makeDue(body['id']);
    const { uses, overdue } = await usesOf(supervisor);
    expect(overdue).toBe(before.overdue + 1);
    expect(uses.find(({ id }) => id === body['id'])?.['state']).toBe('overdue');

    // Any change wakes the clock; here it is another use.
    await use(supervisor);
    const isTold = () => stage.useNotices.some(({ use: { id, state } }) => id === body['id'] && state === 'overdue');
    await until(isTold);
    await stage.server.services.breakGlass.tellOverdue(new Date());
    expect(await stage.lines('breakGlass.overdue', String(body['id']))).toMatchObject([{ actorKind: 'system' }]);
    expect((await justify(analyst, body['id'])).body['state']).toBe('justified');
    expect((await usesOf(supervisor)).overdue).toBe(before.overdue);
  });

  test('is seen by who may approve and by its user, and by nobody else', async () => {
    const { body } = await use(analyst);
    expect((await usesOf(supervisor)).uses[0]).toMatchObject({ state: 'open' });
    expect((await usesOf(stage.as('dispatcher'))).uses).toEqual([]);
    const others = await seedTestAgency(stage.db, `Others ${newId()}`);
    const foreigner = await stage.server.signIn('supervisor', others);
    expect(await usesOf(foreigner)).toEqual({ uses: [], overdue: 0 });
    expect((await justify(foreigner, body['id'])).body.error?.code).toBe('notFound');
  });
});
