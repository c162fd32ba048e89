import type { AuditEvent } from '@commonsight/types/audit-event';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { type PreviewOrder, previewSignatureContext } from '@commonsight/types/relay/preview';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ledgerLinks } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { hashOfSecret } from '../secrets.ts';
import { srtpParameters } from '../signaling/testing/FakeHost.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { OwnerKeys } from '../testing/OwnerKeys.ts';
import { seedTestCamera, seedTestSite, seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

const secret = 's'.repeat(43);
const [owner, stranger] = [new OwnerKeys(), new OwnerKeys()];
let stage: Stage;
/** What the relay was handed, and what it was told to stop. */
let ordered: { previewId: string; streamId: string }[];
let stopped: string[];

beforeEach(async () => {
  stage = await Stage.create();
  [ordered, stopped] = [[], []];
  stage.relay.sharing['preview:start'] = async ({ previewId, streamId }) => {
    ordered.push({ previewId, streamId });
    return { srtpParameters, rtpParameters: { codecs: [] } };
  };
  stage.relay.sharing['preview:stop'] = async ({ previewId }) => {
    stopped.push(previewId);
    return {};
  };
  await stage.connectMedia();
  await addLink(secret, stage.siteId);
  await stage.relay.ask('sharing:tell', {
    state: 'paired',
    ownerKeys: [owner.publicKey],
    inForce: null,
    modes: {},
    others: 'always',
    awaitingOwner: [],
  });
});
afterEach(() => stage.close());

async function addLink(of: string, siteId: string): Promise<void> {
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'administrator' });
  const row = { id: newId(), agencyId: stage.agencyId, siteId, secretHash: hashOfSecret(of), createdBy };
  await stage.db.insert(ledgerLinks).values({ ...row, createdAt: new Date() });
}

const camera = () => stage.cameras[0]?.id ?? '';

/** The relay of the stage does not look at challenges; the real one does, in its own tests. */
function signed(changed: Partial<PreviewOrder> = {}, by = owner) {
  const order: PreviewOrder = {
    format: 'commonsight-preview-1',
    relayId: stage.relay.relayId,
    challenge: 'c'.repeat(43),
    cameraId: camera(),
    kind: 'sub',
    isBeyondSharing: false,
    ...changed,
  };
  const { content, signature } = by.sign(previewSignatureContext, order);
  return { order: content, signature };
}

async function call(path: string, body: unknown = {}, from = secret) {
  const response = await fetch(`${stage.url}/api/owner/preview${path}`, {
    method: 'POST',
    headers: { [ledgerSecretHeader]: from, 'content-type': 'application/json', origin: stage.url },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

const start = (changed?: Partial<PreviewOrder>, from?: string) =>
  call('', { relayId: stage.relay.relayId, signed: signed(changed) }, from);

async function started(): Promise<string> {
  const answer = await start();
  expect(answer.status).toBe(200);
  return String(answer.body['previewId']);
}

const lines = async (type: 'preview.started' | 'preview.ended'): Promise<Pick<AuditEvent, 'outcome' | 'details'>[]> =>
  stage.audit(type);

test('PRV1 an owner sees a camera without a grant, from the order to the last packet', async () => {
  expect((await call('/challenge', { relayId: stage.relay.relayId })).body).toEqual({ challenge: 'c'.repeat(43) });
  const id = await started();
  expect(ordered).toEqual([{ previewId: id, streamId: stage.cameras[0]?.streams.sub }]);
  const opened = await call(`/${id}/open`, { rtpCapabilities: {} });
  expect(opened.body).toMatchObject({ transport: { id: expect.any(String) }, consumer: { kind: 'video' } });
  expect(stage.host.consumer(id)?.isPaused).toBe(true);
  const dtlsParameters = { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] };
  expect((await call(`/${id}/connect`, { transportId: 't', dtlsParameters })).status).toBe(200);
  expect((await call(`/${id}/keep`)).body).toMatchObject({ end: null });
  expect(stage.host.consumer(id)?.isPaused).toBe(false);
  expect((await call(`/${id}/open`, { rtpCapabilities: {} })).status).toBe(409);

  expect((await call(`/${id}/stop`)).body).toEqual({ end: 'closedByOwner' });
  expect(stage.host.peers.has(id)).toBe(false);
  expect(stage.host.uplinks.size).toBe(0);
  expect(stopped).toEqual([id]);
  expect((await call(`/${id}/keep`)).body).toEqual({ leftMs: 0, end: 'closedByOwner' });
  expect((await call(`/${id}/stop`)).body).toEqual({ end: 'closedByOwner' });
  const [line] = await lines('preview.ended');
  expect(line?.details).toMatchObject({ reason: 'closedByOwner', packets: expect.any(Number) });
  expect(await lines('preview.ended')).toHaveLength(1);
  expect(await stage.audit('grant.created')).toEqual([]);
});

test('PRV4 the line is there before the relay hears of it', async () => {
  let before: number | null = null;
  stage.relay.sharing['preview:start'] = async () => {
    before = (await lines('preview.started')).length;
    return { srtpParameters, rtpParameters: { codecs: [] } };
  };
  await started();
  expect(before).toBe(1);
});

test('PRV4 another site’s cameras, relays and previews do not exist', async () => {
  const otherSite = await seedTestSite(stage.db, stage.agencyId);
  const otherCamera = await seedTestCamera(stage.db, { agencyId: stage.agencyId, siteId: otherSite });
  expect((await start({ cameraId: otherCamera.id })).status).toBe(404);
  const otherLink = 'x'.repeat(43);
  await addLink(otherLink, otherSite);
  expect((await start({}, otherLink)).status).toBe(404);
  expect((await start({}, 'y'.repeat(43))).status).toBe(404);
  expect(ordered).toEqual([]);
  const id = await started();
  for (const [path, body] of [
    ['open', { rtpCapabilities: {} }],
    ['keep', {}],
    ['stop', {}],
  ] as const) {
    expect((await call(`/${id}/${path}`, body, otherLink)).status).toBe(404);
  }
  expect((await call(`/${id}/keep`)).body).toMatchObject({ end: null });
  expect((await lines('preview.started')).map(({ outcome }) => outcome).toSorted()).toEqual([
    'done',
    'refused',
    'refused',
  ]);
});

test('PRV1 an order that no owner has signed for this relay comes to nothing but a refused line', async () => {
  const id = await started();
  const good = signed();
  const unsigned = [
    signed({}, stranger),
    signed({ relayId: newId() }),
    { order: good.order, signature: 'c2ln' },
    { ...good, order: signed({ kind: 'main' }).order },
  ];
  for (const each of unsigned) {
    expect((await call('', { relayId: stage.relay.relayId, signed: each })).status).toBe(403);
  }
  const noOrder = owner.sign(previewSignatureContext, {});
  const misshapen = { order: noOrder.content, signature: noOrder.signature };
  expect((await call('', { relayId: stage.relay.relayId, signed: misshapen })).status).toBe(400);

  expect((await call(`/${id}/keep`)).body).toMatchObject({ end: null });
  expect(ordered).toHaveLength(1);
  expect([stage.host.peers.size, stage.host.uplinks.size]).toEqual([1, 1]);
  const told = (await lines('preview.started')).map(({ outcome, details }) => [outcome, details['code']]);
  expect(told).toEqual([
    ['done', undefined],
    ...unsigned.map(() => ['refused', 'notPermitted']),
    ['refused', 'badRequest'],
  ]);
});

test('PRV1 an order that the relay refuses leaves an earlier preview of the link alone', async () => {
  const id = await started();
  stage.relay.sharing['preview:start'] = () => Promise.reject(new CodedError('notPermitted', 'It came too late.'));
  expect((await start()).status).toBe(403);
  expect((await call(`/${id}/keep`)).body).toMatchObject({ end: null });
});

test('PRV3 what the relay refuses leaves nothing at the host, and a line', async () => {
  stage.relay.sharing['preview:start'] = () =>
    Promise.reject(new CodedError('notShared', 'The owner does not share this camera now.'));
  const answer = await start();
  expect([answer.status, answer.body['error']]).toMatchObject([403, { code: 'notShared' }]);
  expect([stage.host.uplinks.size, stage.host.peers.size]).toEqual([0, 0]);
  const told = await lines('preview.started');
  expect(told.find(({ outcome }) => outcome === 'refused')?.details).toMatchObject({ code: 'notShared' });
});

test('PRV1 it ends when the page is silent, and when another one of the link begins', async () => {
  const first = await started();
  const second = await started();
  expect((await call(`/${first}/keep`)).body).toEqual({ leftMs: 0, end: 'replaced' });
  await until(async () => (await lines('preview.ended')).some(({ details }) => details['reason'] === 'pageLeft'));
  expect(stage.host.peers.has(second)).toBe(false);
  expect(stopped).toContain(second);
});

test('PRV1 it ends with what the relay and the host say, and when their links begin anew', async () => {
  const endOf = async (id: string) => until(async () => (await call(`/${id}/keep`)).body['end'] ?? null);
  const first = await started();
  stage.relay.tell('preview:stopped', { previewId: first, reason: 'notShared' });
  expect(await endOf(first)).toBe('notShared');
  const second = await started();
  stage.relay.disconnect();
  await stage.connectRelay();
  expect(await endOf(second)).toBe('mediaLost');
  const third = await started();
  stage.host.tell('peer:closed', { peerId: third, reason: 'workerDied', traffic: [] });
  expect(await endOf(third)).toBe('mediaLost');
});

test('PRV2 no viewer, wall or ledger hears of it', async () => {
  const { browser } = await stage.viewer();
  const before = browser.notifications('camera:watchersChanged').length;
  const id = await started();
  await call(`/${id}/open`, { rtpCapabilities: {} });
  await call(`/${id}/keep`);
  const response = await fetch(`${stage.url}/api/ledger`, { headers: { [ledgerSecretHeader]: secret } });
  expect(await response.json()).toMatchObject({ lines: [], watching: 0 });
  expect(browser.notifications('camera:watchersChanged')).toHaveLength(before);
});
