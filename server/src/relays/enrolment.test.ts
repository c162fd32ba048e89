import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto';
import { enrolmentCodeSchema, relayHelloText } from '@commonsight/types/relay/enrolment';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Access } from '../access/Access.ts';
import { CameraGroupLimits } from '../access/CameraLimits.ts';
import { Audit } from '../audit/Audit.ts';
import { auditEvents, enrolmentCodes, relays } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestSite } from '../testing/seed.ts';
import { Enrolment } from './Enrolment.ts';
import { hashEnrolmentCode, makeEnrolmentCode } from './enrolmentCode.ts';

let server: TestServer;
let administrator: TestClient;
let siteId: string;

beforeEach(async () => {
  siteId = await seedTestSite(server.database.db, server.agencyId);
});

beforeAll(async () => {
  server = await createTestServer();
  administrator = await server.signIn('administrator');
});

afterAll(() => server.close());

function makeKeys(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'), privateKey };
}

const askCode = (ofSite = siteId) => administrator.call('POST', `/api/sites/${ofSite}/enrolment-codes`);

async function makeCode(ofSite = siteId): Promise<string> {
  return String((await askCode(ofSite)).body['code']);
}

let callers = 0;

/** From another address each time: the limit of tries is another test's. */
function enrol(code: string, publicKey = makeKeys().publicKey) {
  callers += 1;
  return server.server.app.inject({
    method: 'POST',
    url: '/api/relays/enrol',
    remoteAddress: `192.0.2.${callers}`,
    payload: { code, publicKey, name: 'Test relay' },
  });
}

async function refusals() {
  const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.type, 'relay.refused'));
  return rows.map((row) => row.details['reason']);
}

async function enrolmentsAt(ofSite: string) {
  const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.type, 'relay.enrolled'));
  return rows.filter(({ details }) => details['siteId'] === ofSite).map(({ targetId }) => targetId);
}

test('a code has the agreed form and 32 letters in each place', () => {
  const codes = Array.from({ length: 2_000 }, makeEnrolmentCode);
  for (const code of codes) expect(enrolmentCodeSchema.parse(code)).toBe(code);
  expect(new Set(codes.map((code) => code.charAt(0))).size).toBe(32);
  expect(new Set(codes).size).toBe(codes.length);
});

describe('ENR1 a code', () => {
  test('is kept as its hash alone', async () => {
    const code = await makeCode();
    const rows = await server.database.db.select().from(enrolmentCodes);
    expect(rows.map((row) => row.codeHash)).toContain(hashEnrolmentCode(code));
    expect(JSON.stringify(rows)).not.toContain(code);
    const lines = await server.database.db.select().from(auditEvents);
    expect(JSON.stringify(lines)).not.toContain(code);
  });

  test('enrols one relay of its site, however often it is sent at once', async () => {
    const code = await makeCode();
    const answers = await Promise.all([enrol(code), enrol(code), enrol(code)]);
    const statuses = answers.map((answer) => answer.statusCode).sort((a, b) => a - b);
    expect(statuses).toEqual([200, 410, 410]);
    const { body } = await administrator.call('GET', '/api/sites');
    const sites = body['sites'] as { id: string; relays: unknown[] }[];
    expect(sites.find((site) => site.id === siteId)?.relays).toHaveLength(1);
    expect((await enrol(code)).statusCode).toBe(410);
  });

  test('of two that come at once the second leaves no line of an enrolment', async () => {
    const { db } = server.database;
    const audit = new Audit(db);
    const codes = new Set<string | undefined>();
    const both = Promise.withResolvers<void>();
    const access = new Access(audit, new CameraGroupLimits(db));
    const logSigner = { verifierKeyOf: () => 'the key of the log' };
    const held: Pick<Audit, 'record' | 'recordOnce'> = {
      record: (act) => audit.record(act),
      // Both have found the code good before either uses it.
      recordOnce: async (act, write) => {
        codes.add(act.target?.id);
        if (codes.size === 2) both.resolve();
        await both.promise;
        return audit.recordOnce(act, write);
      },
    };
    const enrolment = new Enrolment({ db, access, audit: held, signer: { publicKey: 'the key' }, logSigner });
    const request = { code: await makeCode(), publicKey: makeKeys().publicKey, name: 'Test relay' };
    const actor = { kind: 'anonymous', sourceAddress: null } as const;
    const answers = await Promise.allSettled([enrolment.enrol(actor, request), enrolment.enrol(actor, request)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const known = await db.select({ id: relays.id }).from(relays).where(eq(relays.siteId, siteId));
    expect(known).toHaveLength(1);
    expect(await enrolmentsAt(siteId)).toEqual(known.map(({ id }) => id));
    expect(await refusals()).toContain('usedCode');
  });

  test('can be typed in small letters', async () => {
    const code = await makeCode();
    expect((await enrol(` ${code.toLowerCase()} `)).statusCode).toBe(200);
  });

  test('is not accepted after its end', async () => {
    const code = await makeCode();
    await server.database.db
      .update(enrolmentCodes)
      .set({ expiresAt: new Date() })
      .where(eq(enrolmentCodes.codeHash, hashEnrolmentCode(code)));
    expect((await enrol(code)).statusCode).toBe(410);
  });
});

test('ENR4 every refusal looks the same and is written down with its reason', async () => {
  const elsewhere = await seedTestSite(server.database.db, server.agencyId);
  const [used, wrongKey] = [await makeCode(), await makeCode(elsewhere)];
  await enrol(used);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const rsaKey = rsa.export({ type: 'spki', format: 'der' }).toString('base64url').slice(0, 200);
  const answers = [await enrol(used), await enrol('00000-00000'), await enrol(wrongKey, rsaKey)];
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  expect(await refusals()).toEqual(expect.arrayContaining(['usedCode', 'unknownCode', 'wrongKey']));
  // A key that was refused has not used the code up.
  expect((await enrol(wrongKey)).statusCode).toBe(200);
});

describe('ENR5 a site has one relay at most', () => {
  const conflict = { error: { code: 'conflict', message: 'This site has a relay. Revoke that one first.' } };
  const revoke = async () => {
    const [relay] = await server.database.db.select().from(relays).where(eq(relays.siteId, siteId));
    await administrator.call('POST', `/api/relays/${relay?.id}/revoke`);
  };

  test('no code is made while it has one that is not revoked', async () => {
    await enrol(await makeCode());
    expect(await askCode()).toMatchObject({ status: 409, body: conflict });
    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, siteId));
    expect(lines.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'relay.codeCreated done',
      'relay.codeCreated refused',
    ]);
    await revoke();
    expect((await askCode()).status).toBe(200);
  });

  test('of two codes the second is refused with a line, and is good once the relay is revoked', async () => {
    const [first, second] = [await makeCode(), await makeCode()];
    await enrol(first);
    const refused = await enrol(second);
    expect([refused.statusCode, refused.json()]).toMatchObject([409, conflict]);
    expect(await refusals()).toContain('siteHasRelay');
    expect(await enrolmentsAt(siteId)).toHaveLength(1);
    await revoke();
    expect((await enrol(second)).statusCode).toBe(200);
  });

  test('of two codes that come at once one enrols', async () => {
    const codes = [await makeCode(), await makeCode(), await makeCode()];
    const answers = await Promise.all(codes.map((code) => enrol(code)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await enrolmentsAt(siteId)).toHaveLength(1);
  });
});

test('a code for a site of another agency cannot be made', async () => {
  const { db } = server.database;
  const otherSite = await seedTestSite(db, await seedTestAgency(db, 'Codes of others'));
  const answer = await administrator.call('POST', `/api/sites/${otherSite}/enrolment-codes`);
  expect([answer.status, answer.body.error?.code]).toEqual([404, 'notFound']);
});

test('guessing codes is slow', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 11; index += 1) {
    const answer = await server.nobody.call('POST', '/api/relays/enrol', {
      code: makeEnrolmentCode(),
      publicKey: makeKeys().publicKey,
      name: 'Guess',
    });
    statuses.push(answer.status);
  }
  expect(statuses.at(-1)).toBe(429);
});

describe('ENR3 the proof of a key', () => {
  const service = () => server.services.relays;

  async function enrolRelay(ofSite = siteId) {
    const keys = makeKeys();
    const body = (await enrol(await makeCode(ofSite), keys.publicKey)).json<Record<string, string>>();
    const [relayId = '', serverPublicKey = ''] = [body['relayId'], body['serverPublicKey']];
    const prove = async (changes: { nonce?: string; key?: KeyObject; serverKey?: string } = {}) => {
      const challenge = await server.nobody.call('POST', '/api/relays/challenge', { relayId });
      const nonce = changes.nonce ?? String(challenge.body['nonce']);
      const text = relayHelloText({ relayId, nonce, serverPublicKey: changes.serverKey ?? serverPublicKey });
      const signature = sign(null, Buffer.from(text), changes.key ?? keys.privateKey).toString('base64url');
      return { relayId, nonce, signature };
    };
    return { relayId, prove };
  }

  test('is accepted once', async () => {
    const { relayId, prove } = await enrolRelay();
    const hello = await prove();
    const { relay, actor } = await service().verifyHello(hello, '192.0.2.7');
    expect(relay.id).toBe(relayId);
    expect(actor).toEqual({ kind: 'relay', relayId, agencyId: server.agencyId, sourceAddress: '192.0.2.7' });
    await expect(service().verifyHello(hello, null)).rejects.toMatchObject({ code: 'wrongCredentials' });
  });

  test('ENR4 is written down once a period, however often it comes without a fresh nonce', async () => {
    await service().writeStaleHellos();
    const { relayId, prove } = await enrolRelay();
    const hello = await prove();
    await service().verifyHello(hello, '192.0.2.7');
    const before = (await refusals()).length;
    const tries = [...Array<string>(50).fill(relayId), ...Array.from({ length: 50 }, () => newId())];
    for (const claimed of tries) {
      const tried = service().verifyHello({ ...hello, relayId: claimed }, '192.0.2.7');
      await expect(tried).rejects.toMatchObject({ code: 'wrongCredentials' });
    }
    expect(await refusals()).toHaveLength(before);
    await service().writeStaleHellos();
    await service().writeStaleHellos();
    const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.type, 'relay.refused'));
    expect(rows.slice(before).map((row) => [row.agencyId, row.targetId, row.details['count']])).toEqual([
      [server.agencyId, relayId, 50],
      [null, null, 50],
    ]);
    expect(rows.at(-1)).toMatchObject({ sourceAddress: '192.0.2.7', details: { reason: 'usedNonce' } });
  });

  test('ENR4 is refused for a wrong key, a made-up or foreign nonce, another server, garbage', async () => {
    const { prove } = await enrolRelay();
    const other = await enrolRelay(await seedTestSite(server.database.db, server.agencyId));
    const good = await prove();
    const unknownId = newId();
    const challenge = await server.nobody.call('POST', '/api/relays/challenge', { relayId: unknownId });
    const hellos = [
      await prove({ key: makeKeys().privateKey }),
      await prove({ nonce: 'n'.repeat(43) }),
      await prove({ nonce: (await other.prove()).nonce }),
      await prove({ serverKey: makeKeys().publicKey }),
      { ...good, signature: '' },
      { ...(await prove()), relayId: newId() },
      { ...good, relayId: unknownId, nonce: String(challenge.body['nonce']) },
    ];
    for (const hello of hellos) {
      await expect(service().verifyHello(hello, null)).rejects.toMatchObject({
        code: 'wrongCredentials',
        message: 'The relay was not accepted.',
      });
    }
    await service().writeStaleHellos();
    expect(await refusals()).toEqual(expect.arrayContaining(['wrongSignature', 'usedNonce', 'unknownRelay']));
  });

  test('is refused once the relay is revoked, and the live side hears of it', async () => {
    const { relayId, prove } = await enrolRelay();
    const revoked = await administrator.call('POST', `/api/relays/${relayId}/revoke`);
    expect(revoked.body['revokedAt']).toEqual(expect.any(String));
    await expect(service().verifyHello(await prove(), null)).rejects.toMatchObject({ code: 'wrongCredentials' });
    const actor = { kind: 'relay' as const, relayId, agencyId: server.agencyId, sourceAddress: null };
    expect(await service().setOnline(actor, true)).toBeNull();
    expect(await service().setOnline(actor, false)).toMatchObject({ isOnline: false });
    expect(await service().ofSite(server.agencyId, siteId)).toEqual([]);
    expect((await administrator.call('POST', `/api/relays/${relayId}/revoke`)).status).toBe(200);
    expect(await refusals()).toContain('revoked');
  });

  test('a challenge does not tell whether a relay exists', async () => {
    const answer = await server.nobody.call('POST', '/api/relays/challenge', { relayId: newId() });
    expect(answer.body).toEqual({ nonce: expect.stringMatching(/^[\w-]{43}$/) });
  });

  test('a link that comes up and goes down is written down and counted', async () => {
    const { prove } = await enrolRelay();
    const { actor } = await service().verifyHello(await prove(), null);
    expect(await service().setOnline(actor, true)).toMatchObject({ isOnline: true });
    expect((await server.nobody.call('GET', '/api/health')).body['relays']).toMatchObject({ online: 1 });
    expect(await service().setOnline(actor, false)).toMatchObject({ isOnline: false });
    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.actorId, actor.relayId));
    expect(lines.map((line) => line.type)).toEqual(['relay.connected', 'relay.disconnected']);
  });
});
