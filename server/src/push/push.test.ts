import { generateKeyPairSync, sign } from 'node:crypto';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import {
  mostPushSubscriptions,
  type PushAct,
  pushSignatureContext,
  pushSubscriptionSchema,
  type PushTarget,
  type PushTopic,
} from '@commonsight/types/push';
import type { AlertState } from '@commonsight/types/relay/alert';
import { canonicalBytes } from 'commonsight-verify/entry';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ledgerLinks, pushMessages, pushSubscriptions } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { hashOfSecret } from '../secrets.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { putMessages, takeDue } from './pushRepository.ts';
import { TestPushService } from './testing/TestPushService.ts';

const secret = 's'.repeat(43);
const keyOf = (pair: ReturnType<typeof makePair>) =>
  pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
const makePair = () => generateKeyPairSync('ed25519');
const owner = makePair();
const answerSchema = z.object({
  subscriptionId: z.string().nullable(),
  subscriptions: z.array(pushSubscriptionSchema),
});
let stage: Stage;
let service: TestPushService;
let linkId: string;

beforeEach(async () => {
  [stage, service] = await Promise.all([Stage.create(), TestPushService.start()]);
  await stage.connectMedia();
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'administrator' });
  const { agencyId, siteId } = stage;
  linkId = newId();
  const link = { id: linkId, agencyId, siteId, secretHash: hashOfSecret(secret), createdBy, createdAt: new Date() };
  await stage.db.insert(ledgerLinks).values(link);
  await tellKeys([keyOf(owner)]);
});
afterEach(async () => {
  await stage.close();
  await service.close();
});

const tellKeys = (ownerKeys: string[]) =>
  stage.relay.ask('sharing:tell', {
    state: 'paired',
    ownerKeys,
    inForce: null,
    modes: {},
    others: 'always',
    awaitingOwner: [],
  });

async function call(method: 'GET' | 'POST', body?: unknown, withSecret = secret) {
  const response = await fetch(`${stage.url}/api/owner/push`, {
    method,
    headers: {
      [ledgerSecretHeader]: withSecret,
      ...(body === undefined ? {} : { 'content-type': 'application/json', origin: stage.url }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

function signed(ask: PushAct, pair = owner, relayId = stage.relay.relayId) {
  const order = canonicalBytes({ format: 'commonsight-push-1', relayId, ask });
  const signature = sign(null, Buffer.concat([Buffer.from(pushSignatureContext), order]), pair.privateKey);
  return { order: Buffer.from(order).toString('base64url'), signature: signature.toString('base64url') };
}

const order = (ask: PushAct, pair = owner) => call('POST', { relayId: stage.relay.relayId, signed: signed(ask, pair) });

async function begin(target: PushTarget = service.subscribe(), isDiscreet = false): Promise<string> {
  const answer = await order({ act: 'begin', target, name: 'My phone', isDiscreet });
  return answerSchema.parse(answer.body).subscriptionId ?? '';
}

const alertId = newId();
const tell = (changed: Partial<AlertState> = {}) =>
  stage.relay.ask('alert:tell', {
    alert: {
      id: alertId,
      isTest: false,
      trigger: 'webhook',
      stage: 'arming',
      leftMs: 60_000,
      sharedMs: 0,
      mayExtend: false,
      end: null,
      endedMsAgo: null,
      ...changed,
    },
  });

const kinds = () => service.received.map(({ message }) => message.about.kind);
const rows = () => stage.db.select().from(pushSubscriptions);
const onTheWay = () => stage.db.select().from(pushMessages);

test('PSH5 alerts go before others, and a subscription has one message on its way', async () => {
  const subscriptionId = await begin();
  const { agencyId, db } = stage;
  const at = new Date(Date.now() + 3_600_000);
  const abouts: PushTopic[] = [
    { kind: 'trial' },
    { kind: 'footageAsked', deadline: at.toISOString() },
    { kind: 'alertBegan', alertId, isTest: false, trigger: 'owner' },
  ];
  const common = { agencyId, subscriptionId, createdAt: at, expiresAt: at, nextTryAt: at };
  await putMessages(
    db,
    abouts.map((about) => ({ ...common, id: newId(), topic: about.kind, about })),
  );
  const heldUntil = new Date(at.getTime() + 60_000);
  const take = async (which: 'alerts' | 'others', busy: string[] = []) =>
    (await takeDue(db, { now: at, until: heldUntil, limit: 10, busy, which })).map(({ message }) => message.about.kind);
  expect(await take('alerts', [subscriptionId])).toEqual([]);
  expect(await take('alerts')).toEqual(['alertBegan']);
  expect(await take('alerts')).toEqual([]);
  expect(await take('others')).toHaveLength(1);
  expect(await take('others')).toHaveLength(1);
  expect(await take('others')).toEqual([]);
});

describe('a subscription', () => {
  test('PSH2 is named to who signs, and not to who has the link alone', async () => {
    const id = await begin();
    await order({ act: 'try', subscriptionId: id });
    await until(async () => (await rows())[0]?.takenAt);
    expect((await call('GET')).body['subscriptions']).toMatchObject([{ id, name: null, takenAt: null }]);
    const listed = await order({ act: 'list' });
    expect(listed).toMatchObject({
      status: 200,
      body: { subscriptionId: null, subscriptions: [{ id, name: 'My phone', takenAt: expect.any(String) }] },
    });
    expect((await order({ act: 'list' }, makePair())).status).toBe(403);
    const lines = await stage.audit('push.ordered');
    expect(lines.map(({ details, outcome }) => [details['act'], outcome]).slice(2)).toEqual([
      ['list', 'done'],
      [undefined, 'refused'],
    ]);
  });

  test('PSH1 is begun, tried and ended by the signature of a key that the relay keeps, each with its line', async () => {
    const id = await begin();
    const read = await call('GET');
    expect(read.body['subscriptions']).toMatchObject([{ id, name: null, isDiscreet: false, takenAt: null }]);
    await order({ act: 'try', subscriptionId: id });
    await until(() => service.received.length === 1);
    const [push] = service.received;
    expect(push).toMatchObject({
      message: { subscriptionId: id, siteName: 'Test site', about: { kind: 'trial' } },
      urgency: 'high',
      vapidKey: read.body['publicKey'],
      subject: 'mailto:nobody@commonsight.invalid',
    });
    expect(push?.topic).toMatch(/^[\w-]{32}$/);
    await until(async () => (await rows())[0]?.takenAt);
    const ended = await order({ act: 'end', subscriptionId: id });
    expect(ended).toMatchObject({ status: 200, body: { subscriptionId: null, subscriptions: [] } });
    expect((await order({ act: 'try', subscriptionId: id })).status).toBe(404);
    expect((await order({ act: 'end', subscriptionId: id })).status).toBe(200);
    const lines = await stage.audit('push.ordered');
    expect(lines.map(({ details, outcome }) => [details['act'], outcome])).toEqual([
      ['begin', 'done'],
      ['try', 'done'],
      ['end', 'done'],
      [undefined, 'refused'],
      ['end', 'done'],
    ]);
  });

  test('PSH1 is neither begun nor ended by who has the link and no key', async () => {
    const id = await begin();
    const stranger = makePair();
    const target = service.subscribe();
    expect((await order({ act: 'begin', target, name: 'X', isDiscreet: false }, stranger)).status).toBe(403);
    expect((await order({ act: 'end', subscriptionId: id }, stranger)).status).toBe(403);
    const foreign = signed({ act: 'end', subscriptionId: id }, owner, newId());
    expect((await call('POST', { relayId: stage.relay.relayId, signed: foreign })).status).toBe(403);
    const wrongLink = { relayId: stage.relay.relayId, signed: signed({ act: 'end', subscriptionId: id }) };
    expect((await call('POST', wrongLink, 'w'.repeat(43))).status).toBe(404);
    expect(await rows()).toHaveLength(1);
  });

  test('PSH2 stands in the database without where it leads to', async () => {
    const target = service.subscribe();
    await begin(target);
    const text = JSON.stringify(await rows());
    for (const part of [target.endpoint, target.p256dh, target.auth, 'My phone']) expect(text).not.toContain(part);
    expect(JSON.stringify((await call('GET')).body)).not.toContain(target.endpoint);
  });

  test('PSH1 of one browser takes the place of the one before, and a site has no more than its number', async () => {
    const target = service.subscribe();
    const first = await begin(target);
    const second = await begin(target, true);
    expect((await rows()).map(({ id }) => id)).toEqual([second]);
    expect(second).not.toBe(first);
    for (let made = 1; made < mostPushSubscriptions; made += 1) await begin();
    const late = await order({ act: 'begin', target: service.subscribe(), name: 'X', isDiscreet: false });
    expect(late.status).toBe(409);
    expect(await rows()).toHaveLength(mostPushSubscriptions);
  });

  test('PSH3 ends with its key at the relay, and with its link', async () => {
    await begin();
    await tellKeys([keyOf(makePair())]);
    await until(async () => (await rows()).length === 0);
    await tellKeys([keyOf(owner)]);
    await begin();
    await stage.db.update(ledgerLinks).set({ revokedAt: new Date() }).where(eq(ledgerLinks.id, linkId));
    await tell();
    await until(async () => (await rows()).length === 0);
    expect(service.asked).toEqual([]);
    const lines = await stage.audit('push.ended');
    expect(lines.map(({ details }) => details['reason'])).toEqual(['deviceEnded', 'deviceEnded']);
  });

  test('PSH3 outlives a relay that cannot read its keys at the moment', async () => {
    await begin();
    await stage.relay.ask('sharing:tell', {
      state: 'damaged',
      ownerKeys: [],
      inForce: null,
      modes: {},
      others: 'off',
      awaitingOwner: [],
    });
    await tell();
    await until(() => service.received.length === 1);
    expect(await rows()).toHaveLength(1);
  });
});

describe('what owners are told', () => {
  test('PSH4 an alert that began, its question and its end, each once and with who began it', async () => {
    await begin();
    await tell();
    await until(() => service.received.length === 1);
    await tell({ stage: 'sharing' });
    await tell({ stage: 'extensionAsked', mayExtend: true, leftMs: 20_000 });
    await until(() => service.received.length === 2);
    await tell({ stage: 'ended', end: 'time', endedMsAgo: 0, leftMs: 0, sharedMs: 60_000 });
    await tell({ stage: 'ended', end: 'time', endedMsAgo: 0, leftMs: 0, sharedMs: 60_000 });
    await until(() => service.received.length === 3);
    expect(service.received.map(({ message }) => message.about)).toMatchObject([
      { kind: 'alertBegan', alertId, isTest: false, trigger: 'webhook' },
      { kind: 'extensionAsked', alertId, mayExtend: true },
      { kind: 'alertEnded', alertId, end: 'time', hasShared: true },
    ]);
    // The question is worth nothing after the alert's end, and what comes later takes the place of what was not delivered.
    expect(service.received[1]?.ttlSeconds).toBeLessThanOrEqual(20);
    expect(new Set(service.received.map(({ topic }) => topic)).size).toBe(1);
    const lines = await stage.audit('push.sent');
    expect(lines.map(({ details }) => [details['pushKind'], details['subscriptions']])).toEqual([
      ['alertBegan', 1],
      ['extensionAsked', 1],
      ['alertEnded', 1],
    ]);
  });

  test('PSH4 a request for footage, once for a site, for as long as a push service keeps it', async () => {
    await begin();
    const { messages } = stage.server.services.push;
    const deadline = new Date(Date.now() + 30 * 86_400_000);
    await messages.footageAsked(stage.agencyId, [stage.siteId, stage.siteId], deadline);
    await until(() => service.received.length === 1);
    const [push] = service.received;
    expect(push?.message.about).toEqual({ kind: 'footageAsked', deadline: deadline.toISOString() });
    expect(push?.urgency).toBe('normal');
    expect(push?.ttlSeconds).toBeLessThanOrEqual(7 * 86_400);
    expect(await stage.audit('push.sent')).toHaveLength(1);
  });

  test('PSH4 carries nothing that opens anything', async () => {
    await begin();
    await tell();
    await until(() => service.received.length === 1);
    const text = JSON.stringify(service.received);
    for (const part of [secret, hashOfSecret(secret), keyOf(owner), stage.relay.relayId])
      expect(text).not.toContain(part);
  });

  test('PSH4 nobody without a subscription costs a line', async () => {
    await tell();
    await until(async () => (await stage.audit('alert.changed')).length === 1);
    expect(await stage.audit('push.sent')).toEqual([]);
  });
});

describe('delivery', () => {
  test.each([404, 410])('PSH5 status %s ends the subscription, with its line', async (status) => {
    const id = await begin();
    service.answers.push({ status });
    await order({ act: 'try', subscriptionId: id });
    await until(async () => (await rows()).length === 0);
    expect(await onTheWay()).toEqual([]);
    const [line] = await stage.audit('push.ended');
    expect(line?.details).toMatchObject({ subscriptionId: id, reason: 'gone' });
  });

  test('PSH5 another failure is tried again', async () => {
    const id = await begin();
    service.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '1' } });
    await order({ act: 'try', subscriptionId: id });
    await until(() => service.received.length === 1);
    expect(service.asked).toHaveLength(3);
    expect(kinds()).toEqual(['trial']);
    await until(async () => (await onTheWay()).length === 0);
  });

  test('PSH5 is given up after its last try, and the subscription stays for the next message', async () => {
    const id = await begin();
    service.answers.push({ status: 500 });
    await order({ act: 'try', subscriptionId: id });
    await until(() => service.asked.length === 1);
    service.answers.push({ status: 500 });
    await stage.db.update(pushMessages).set({ tries: 7, nextTryAt: new Date() });
    stage.server.services.push.delivery.wake();
    await until(async () => (await onTheWay()).length === 0);
    expect(await rows()).toMatchObject([{ id, failures: 1 }]);
    await order({ act: 'try', subscriptionId: id });
    await until(() => service.received.length === 1);
    await until(async () => (await rows())[0]?.failures === 0);
  });

  test('PSH5 a message that waits is sent by the next server', async () => {
    const id = await begin();
    service.answers.push({ status: 503 });
    await order({ act: 'try', subscriptionId: id });
    await until(() => service.asked.length === 1);
    await stage.restartServer();
    await until(() => service.received.length > 0);
    expect(service.received).toHaveLength(1);
  });

  test('PSH6 follows no redirection, and leaves alone what cannot be encrypted for', async () => {
    const id = await begin();
    service.answers.push({ status: 307, headers: { location: `${service.origin}/elsewhere` } });
    await order({ act: 'try', subscriptionId: id });
    await until(async () => (await rows())[0]?.failures === 1);
    expect(service.asked).toHaveLength(1);
    const offCurve = { ...service.subscribe(), p256dh: Buffer.alloc(65, 4).toString('base64url') };
    const broken = await begin(offCurve);
    await order({ act: 'try', subscriptionId: broken });
    await until(async () => (await onTheWay()).length === 0);
    expect(service.asked).toHaveLength(1);
  });
});
