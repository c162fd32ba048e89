import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestSchema } from '@commonsight/types/digest';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { type SharingDocument, sharingDocumentSchema } from '@commonsight/types/relay/sharing';
import { canonicalBytes } from 'commonsight-verify/entry';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UserActor } from '../access/Actor.ts';
import { Audit } from '../audit/Audit.ts';
import { ledgerDigests, relays, relaySharing } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { Pseudonyms } from '../ledger/Pseudonyms.ts';
import { createLogger } from '../logger.ts';
import type { Mail, Mailer } from '../mail/Mailer.ts';
import { seedViewing } from '../reviews/testing/seedViewing.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestCamera, seedTestIncident, seedTestSite, seedTestUser, type TestCamera } from '../testing/seed.ts';
import { DigestClock } from './DigestClock.ts';

const dayMs = 24 * 60 * 60_000;
const wish = { email: 'maria@test.example', language: 'en', timeZone: 'America/Chicago' };

let server: TestServer;
let administrator: TestClient;
let supervisor: TestClient;
let analyst: UserActor;
let siteId: string;
let camera: TestCamera;
let linkId: string;
let secret: string;

beforeAll(async () => {
  server = await createTestServer();
  [administrator, supervisor] = [await server.signIn('administrator'), await server.signIn('supervisor')];
  analyst = await seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });
});

// A site and a link of its own for each test.
beforeEach(async () => {
  const { db } = server.database;
  siteId = await seedTestSite(db, server.agencyId);
  camera = await seedTestCamera(db, { agencyId: server.agencyId, siteId, name: 'North door' });
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  linkId = (made.body['link'] as { id: string }).id;
  secret = new URL(String(made.body['url'])).hash.slice(1);
});

afterAll(() => server.close());

/** What the owner of the link asks. */
const asOwner = (method: string, path: string, body?: unknown) =>
  server.nobody.call(method, `/api/ledger/digest${path}`, body, { [ledgerSecretHeader]: secret });

const digestOf = (answer: { body: Record<string, unknown> }): Digest => digestSchema.parse(answer.body['digest']);

/** The mails that were written so far, in their order. */
async function mailTexts(): Promise<string[]> {
  const folder = join(server.config.dataDir, 'mails');
  const names: string[] = await readdir(folder).catch(() => []);
  return Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
}

const lastMail = async () => (await mailTexts()).at(-1) ?? '';

const secretIn = (text: string, name: string) => new RegExp(`#${name}=([\\w-]{43})`).exec(text)?.[1] ?? '';

/** Asks and confirms; gives the moment of the first mail. */
async function turnOn(asked: object = wish): Promise<Date> {
  expect((await asOwner('POST', '', asked)).status).toBe(200);
  const answer = await server.nobody.call('POST', '/api/ledger/digest/confirm', {
    secret: secretIn(await lastMail(), 'confirm'),
  });
  expect(answer.status).toBe(200);
  return new Date(String(answer.body['nextAt']));
}

const run = (now: Date) => server.services.digests.clock.run(now);

const weekLater = (at: Date) => new Date(at.getTime() + 7 * dayMs + 3_600_000);

const rowOf = async (id = linkId) =>
  (await server.database.db.select().from(ledgerDigests).where(eq(ledgerDigests.linkId, id)))[0];

/** The outcomes of the link's lines of a type, the last one first. */
async function outcomes(type: string): Promise<string[]> {
  const lines = await supervisor.call('GET', `/api/audit-events?type=${type}&targetId=${siteId}`);
  return (lines.body['events'] as { outcome: string }[]).map(({ outcome }) => outcome);
}

async function look(startedAt = new Date(), lengthMs: number | null = 65_000): Promise<string> {
  const { db } = server.database;
  const incidentId = await seedTestIncident(db, { agencyId: server.agencyId });
  const endedAt = lengthMs === null ? null : new Date(startedAt.getTime() + lengthMs);
  await seedViewing(db, { user: analyst, camera, incidentId, startedAt, endedAt });
  return incidentId;
}

test('DIG1 nothing but a question is mailed before the address is confirmed, and it is forgotten after a week', async () => {
  expect(digestOf(await asOwner('GET', ''))).toEqual({ state: 'off' });
  const before = (await mailTexts()).length;
  const asked = await asOwner('POST', '', wish);
  expect(digestOf(asked)).toMatchObject({ state: 'asked', address: 'm…@test.example' });
  expect(JSON.stringify(await rowOf())).not.toContain('maria');
  expect(await mailTexts()).toHaveLength(before + 1);
  expect(await lastMail()).toContain('To: maria@test.example');
  await look();
  await run(new Date(Date.now() + 6.9 * dayMs));
  expect(await mailTexts()).toHaveLength(before + 1);
  expect(await rowOf()).toMatchObject({ state: 'asked' });

  await run(new Date(Date.now() + 7.1 * dayMs));
  expect(await rowOf()).toMatchObject({ state: 'off', sealed: null, confirmHash: null });
  const late = { secret: secretIn(await lastMail(), 'confirm') };
  expect((await server.nobody.call('POST', '/api/ledger/digest/confirm', late)).status).toBe(410);
  await run(new Date(Date.now() + 30 * dayMs));
  expect(await mailTexts()).toHaveLength(before + 1);
});

test('DIG2 each week is mailed once, at seven on Monday, with what the ledger shows', async () => {
  const nextAt = await turnOn();
  const before = (await mailTexts()).length;
  const incidentId = await look();
  const note = 'A witness would be in danger.';
  expect((await supervisor.call('POST', `/api/incidents/${incidentId}/withhold`, { days: 20, note })).status).toBe(200);
  await look();
  await run(new Date(nextAt.getTime() - 1));
  expect(await mailTexts()).toHaveLength(before);

  await run(nextAt);
  expect(await mailTexts()).toHaveLength(before + 1);
  const mail = await lastMail();
  const pseudonym = await new Pseudonyms(server.config.dataDir).of(siteId, analyst.userId);
  expect(mail).toContain('Subject: Who has looked through your cameras: Test site, ');
  expect(mail).toContain('by the clock of America/Chicago');
  expect(mail).toMatch(/2 views\.\n1 line has its incident number withheld\./);
  expect(mail).toMatch(
    /Camera \d+, North door: 2 views\n {2}.*, 1 min 5 s · live · Violent crime · incident withheld until/,
  );
  expect(mail).toMatch(/incident #\d+ · analyst/);
  expect(mail).toContain(pseudonym);
  for (const hidden of [analyst.userId, analyst.name, secret]) expect(mail).not.toContain(hidden);

  for (const later of [nextAt, new Date(nextAt.getTime() + 6 * dayMs)]) await run(later);
  expect(await mailTexts()).toHaveLength(before + 1);
  expect(await outcomes('ledger.digestMailed')).toEqual(['done']);
});

test('DIG2 a week without a view says so, in the language that was asked for', async () => {
  const nextAt = await turnOn({ ...wish, language: 'es' });
  await run(nextAt);
  const mail = await lastMail();
  expect(mail).toContain('Nadie ha mirado por sus cámaras.\nNo se retiene ningún número de incidente.');
  await run(weekLater(nextAt));
  expect(await lastMail()).not.toBe(mail);
});

/** What another server on this database would run, with a mail server that a test stands in for. */
function clockOf(mailer: Pick<Mailer, 'send'>): DigestClock {
  const { database, services, config } = server;
  return new DigestClock({
    db: database.db,
    audit: new Audit(database.db),
    mailer,
    keys: services.digests.keys,
    publicUrl: config.publicUrl,
    pseudonyms: new Pseudonyms(config.dataDir),
    logger: createLogger('silent'),
  });
}

function keeping(): { mailer: Pick<Mailer, 'send'>; mails: Mail[] } {
  const mails: Mail[] = [];
  return { mails, mailer: { send: async (mail) => void mails.push(mail) } };
}

test('DIG2 of servers that run at the same time one mails a week, and of one that starts again none', async () => {
  const nextAt = await turnOn();
  const { mails, mailer } = keeping();
  await Promise.all([1, 2, 3, 4].map(() => clockOf(mailer).run(nextAt)));
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toHaveLength(1);
  await clockOf(mailer).run(nextAt);
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toHaveLength(1);
  expect(await outcomes('ledger.digestMailed')).toEqual(['done']);
});

const isOfLink = (url = '') => url.endsWith(`/${server.services.digests.keys.makeStopSecret(linkId)}`);

/** Fails for this test's link alone: the others of the file have their own mails. */
function failing(error: Error): Pick<Mailer, 'send'> {
  return {
    send: async ({ unsubscribeUrl }) => {
      if (isOfLink(unsubscribeUrl)) throw error;
    },
  };
}

test('DIG2 a week that was surely not taken over is tried again', async () => {
  const nextAt = await turnOn();
  await look();
  await clockOf(failing(Object.assign(new Error('later'), { responseCode: 451 }))).run(nextAt);
  expect(await outcomes('ledger.digestMailed')).toEqual(['refused', 'done']);
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(new Date(nextAt.getTime() + 3_600_000));
  expect(mails.find(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))?.text).toContain('One view.');
});

test('DIG2 a week of which nobody knows is not mailed again: the next mail tells it', async () => {
  const nextAt = await turnOn();
  await look();
  await clockOf(failing(new Error('the connection broke'))).run(nextAt);
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(new Date(nextAt.getTime() + 3_600_000));
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toEqual([]);
  await clockOf(mailer).run(weekLater(nextAt));
  expect(mails.find(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))?.text).toContain('One view.');
});

test('a view that goes on over the end of a week is in the mails of both', async () => {
  const nextAt = await turnOn();
  await look(new Date(), null);
  const { mails, mailer } = keeping();
  for (const at of [nextAt, weekLater(nextAt)]) await clockOf(mailer).run(at);
  const own = mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl));
  expect(own.map(({ text }) => /\d+ h \d+ min and still open/.test(text))).toEqual([true, true]);
});

test('DIG3 one request without any sign-in, as a mail program sends it, stops the mails and erases the address', async () => {
  const nextAt = await turnOn();
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(nextAt);
  const mail = mails.find(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl));
  const path = new URL(mail?.unsubscribeUrl ?? '').pathname;

  const shown = await server.server.app.inject({ method: 'GET', url: path });
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await rowOf()).toMatchObject({ state: 'on' });

  for (const contentType of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', undefined]) {
    const answer = await server.server.app.inject({
      method: 'POST',
      url: path,
      ...(contentType === undefined
        ? {}
        : { payload: 'List-Unsubscribe=One-Click', headers: { 'content-type': contentType } }),
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { state: 'off' }]);
  }
  expect(await rowOf()).toMatchObject({ state: 'off', sealed: null });
  expect(await outcomes('ledger.digestStopped')).toEqual(['done']);
  expect(digestOf(await asOwner('GET', ''))).toEqual({ state: 'off' });
  await clockOf(mailer).run(weekLater(nextAt));
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toHaveLength(1);
});

test('DIG3 a secret that was never mailed stops nothing, and that is written down', async () => {
  await turnOn();
  for (const wrong of ['s'.repeat(43), server.services.digests.keys.makeStopSecret(newId())]) {
    expect((await server.nobody.call('POST', `/api/ledger/digest/unsubscribe/${wrong}`)).status).toBe(404);
  }
  expect((await server.nobody.call('POST', '/api/ledger/digest/unsubscribe/short')).status).toBe(400);
  expect(await rowOf()).toMatchObject({ state: 'on' });
});

test('DIG3 the owner stops it on the page; on again in the same week, that week is not mailed twice', async () => {
  const nextAt = await turnOn();
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(nextAt);
  const mailed = await rowOf();
  expect(digestOf(await asOwner('POST', '/stop'))).toEqual({ state: 'off' });
  expect((await asOwner('POST', '/stop')).status).toBe(200);
  await turnOn();
  expect(await rowOf()).toMatchObject({ state: 'on', coveredWeek: mailed?.coveredWeek });
  await clockOf(mailer).run(nextAt);
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toHaveLength(1);
});

test('DIG4 with its link the mails end and the address is erased', async () => {
  const nextAt = await turnOn();
  expect((await administrator.call('POST', `/api/ledger-links/${linkId}/revoke`)).status).toBe(200);
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(nextAt);
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toEqual([]);
  expect(await rowOf()).toMatchObject({ state: 'off', sealed: null });
  expect((await asOwner('GET', '')).status).toBe(404);
  expect((await asOwner('POST', '', wish)).status).toBe(404);
});

test('DIG1 five mails a day ask about addresses, also when they are asked for at once', async () => {
  const before = (await mailTexts()).length;
  const answers = await Promise.all(Array.from({ length: 8 }, () => asOwner('POST', '', wish)));
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    200, 200, 200, 200, 200, 429, 429, 429,
  ]);
  expect(await mailTexts()).toHaveLength(before + 5);
  expect((await asOwner('POST', '', { ...wish, timeZone: 'Mars/Olympus' })).status).toBe(400);
  expect((await asOwner('POST', '', { ...wish, email: 'maria' })).status).toBe(400);
});

const other = { email: 'other@test.example', language: 'es', timeZone: 'America/Denver' };

test('DIG5 a confirmed address stays until another one is confirmed, and is told then', async () => {
  const nextAt = await turnOn();
  expect(digestOf(await asOwner('POST', '', other))).toMatchObject({
    state: 'on',
    address: 'm…@test.example',
    language: 'en',
    asked: { address: 'o…@test.example' },
  });
  const { mails, mailer } = keeping();
  await clockOf(mailer).run(nextAt);
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl))).toMatchObject([{ to: wish.email }]);

  const before = (await mailTexts()).length;
  const secretOfOther = secretIn(await lastMail(), 'confirm');
  const confirmed = await server.nobody.call('POST', '/api/ledger/digest/confirm', { secret: secretOfOther });
  expect(confirmed.status).toBe(200);
  const told = (await mailTexts()).slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('To: maria@test.example');
  expect(told[0]).toContain('goes to another address');
  expect(digestOf(await asOwner('GET', ''))).toMatchObject({ address: 'o…@test.example', language: 'es', asked: null });
  await clockOf(mailer).run(weekLater(nextAt));
  expect(mails.filter(({ unsubscribeUrl }) => isOfLink(unsubscribeUrl)).at(-1)).toMatchObject({ to: other.email });
  expect(await rowOf()).toMatchObject({ pendingSealed: null, confirmHash: null });
});

test('DIG5 another address that nobody confirms is forgotten after a week, and the confirmed one goes on', async () => {
  await turnOn();
  await asOwner('POST', '', other);
  const asked = secretIn(await lastMail(), 'confirm');
  await run(new Date(Date.now() + 7.1 * dayMs));
  expect(await rowOf()).toMatchObject({ state: 'on', pendingSealed: null, pendingLanguage: null, confirmHash: null });
  expect((await server.nobody.call('POST', '/api/ledger/digest/confirm', { secret: asked })).status).toBe(410);
});

test('DIG5 who stops the mails by the page sends a last one to the confirmed address, and to no other', async () => {
  await turnOn();
  await asOwner('POST', '', other);
  const before = (await mailTexts()).length;
  await asOwner('POST', '/stop');
  await asOwner('POST', '/stop');
  const told = (await mailTexts()).slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('To: maria@test.example');
  expect(told[0]).toContain('This is the last one');
  expect(await rowOf()).toMatchObject({ state: 'off', sealed: null, pendingSealed: null, confirmHash: null });
});

test('the clock of the site is the one that its owner has signed', async () => {
  await turnOn();
  const relayId = newId();
  const { db } = server.database;
  const { agencyId } = server;
  const rule = { mode: 'always' as const, schedule: [], dates: [] };
  const document: SharingDocument = {
    format: 'commonsight-sharing-1',
    relayId,
    version: 1,
    issuedAt: new Date().toISOString(),
    timeZone: 'Asia/Kolkata',
    default: rule,
    cameras: {},
  };
  const text = Buffer.from(canonicalBytes(sharingDocumentSchema.parse(document))).toString('base64url');
  await db.insert(relays).values({ id: relayId, agencyId, siteId, name: 'R', publicKey: 'k', enrolledAt: new Date() });
  await db.insert(relaySharing).values({
    relayId,
    agencyId,
    siteId,
    version: 1,
    toldAt: new Date(),
    told: {
      state: 'paired',
      ownerKeys: [],
      inForce: { signed: { document: text, signature: 'c2ln' }, receipt: 'cmVj' },
      modes: {},
      others: 'always',
      awaitingOwner: [],
    },
  });
  const digest = digestOf(await asOwner('GET', ''));
  expect(digest).toMatchObject({ state: 'on', timeZone: 'Asia/Kolkata' });
  expect(digest.state === 'on' && digest.nextAt).toMatch(/T01:30:00\.000Z$/);
});
