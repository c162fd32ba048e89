import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { AlertState } from '@commonsight/types/relay/alert';
import {
  type ShownSiteCard,
  shownSiteCardSchema,
  type SiteCard,
  siteCardReadingContext,
  siteCardSchema,
  siteCardSignatureContext,
} from '@commonsight/types/site-card';
import { canonicalBytes } from 'commonsight-verify/entry';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ledgerLinks, siteCards } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { insertRelay } from '../relays/relayRepository.ts';
import { hashOfSecret } from '../secrets.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestAgency, seedTestUser } from '../testing/seed.ts';
import { makePng } from './testing/makePng.ts';

const secret = 's'.repeat(43);
const owner = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const png = makePng();
const planHash = createHash('sha256').update(png).digest('hex');
const contact = { name: 'Rosa Iyer', role: 'opens the gate', phone: '+1 414 555 0100' };
let stage: Stage;

beforeEach(async () => {
  stage = await Stage.create();
  await stage.connectMedia();
  const { agencyId, siteId } = stage;
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId, role: 'administrator' });
  const link = { id: newId(), agencyId, siteId, secretHash: hashOfSecret(secret), createdBy, createdAt: new Date() };
  await stage.db.insert(ledgerLinks).values(link);
  const ownerKey = owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  await stage.relay.ask('sharing:tell', {
    state: 'paired',
    ownerKeys: [ownerKey],
    inForce: null,
    modes: {},
    others: 'always',
    awaitingOwner: [],
  });
});
afterEach(() => stage.close());

const alertId = newId();
const tell = (changed: Partial<AlertState> = {}) => {
  const shared = { id: alertId, isTest: false, trigger: 'owner', stage: 'sharing', leftMs: 60_000 } as const;
  const alert: AlertState = { ...shared, sharedMs: 1_000, mayExtend: false, end: null, endedMsAgo: null, ...changed };
  return stage.relay.ask('alert:tell', { alert });
};

async function call(path: string, body: unknown, from = secret) {
  const response = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: { [ledgerSecretHeader]: from, 'content-type': 'application/json', origin: stage.url },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

function cardOf(changed: Partial<SiteCard> = {}): SiteCard {
  const { relayId } = stage.relay;
  const shared = { format: 'commonsight-site-card-1', relayId, version: 1 } as const;
  return { ...shared, contacts: [contact], notes: 'Stairs are in the east.', planHash: null, ...changed };
}

function signBytes(context: string, value: unknown, key: KeyObject) {
  const bytes = canonicalBytes(value);
  const signature = sign(null, Buffer.concat([Buffer.from(context), bytes]), key).toString('base64url');
  return { bytes: Buffer.from(bytes).toString('base64url'), signature };
}

function save(
  card: SiteCard,
  plan: Buffer | null = null,
  by: { key?: KeyObject; context?: string; from?: string } = {},
) {
  const { key = owner.privateKey, context = siteCardSignatureContext, from } = by;
  const { bytes, signature } = signBytes(context, card, key);
  const { relayId } = stage.relay;
  const file = plan?.toString('base64') ?? null;
  return call('/api/owner/card', { relayId, signed: { card: bytes, signature }, plan: file }, from);
}

async function readOwn(at = new Date(), key: KeyObject = owner.privateKey) {
  const { relayId } = stage.relay;
  const reading = { format: 'commonsight-site-card-reading-1', relayId, at: at.toISOString() };
  const { bytes, signature } = signBytes(siteCardReadingContext, reading, key);
  const answer = await call('/api/owner/card/reading', { relayId, signed: { reading: bytes, signature } });
  return { ...answer, card: siteCardSchema.nullable().safeParse(answer.body['card']).data };
}

async function readShown(): Promise<ShownSiteCard | null> {
  const analyst = await stage.signIn('analyst');
  const schema = z.object({ card: shownSiteCardSchema.nullable() });
  return (await analyst.get(schema, 'GET', `/api/alerts/${alertId}/card`)).card;
}

async function readPlanAs(cookie: string): Promise<Response> {
  return fetch(`${stage.url}/api/alerts/${alertId}/plan`, { headers: { cookie } });
}

describe('what an owner saves', () => {
  test('CRD1 is read by operators while the alert shares, each time with a line, and by nobody before or after', async () => {
    expect((await save(cardOf({ planHash }), png)).status).toBe(200);
    await tell();
    expect(await readShown()).toMatchObject({
      contacts: [contact],
      notes: 'Stairs are in the east.',
      plan: { width: 4, height: 3 },
    });
    const analyst = await stage.signIn('analyst');
    const plan = await readPlanAs(analyst.cookie);
    expect(plan.headers.get('content-type')).toBe('image/png');
    expect(plan.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await plan.arrayBuffer()).subarray(0, 8)).toEqual(png.subarray(0, 8));
    const lines = await stage.audit('siteCard.read');
    expect(lines.map(({ outcome, details }) => [outcome, details['part'], details['siteId']])).toEqual(
      expect.arrayContaining([
        ['done', 'card', stage.siteId],
        ['done', 'plan', stage.siteId],
      ]),
    );
    expect(lines).toHaveLength(2);

    await tell({ stage: 'ended', end: 'owner', endedMsAgo: 0, leftMs: 0 });
    expect((await analyst.call('GET', `/api/alerts/${alertId}/card`)).status).toBe(409);
    expect((await readPlanAs(analyst.cookie)).status).toBe(409);
    expect((await stage.audit('siteCard.read')).filter(({ outcome }) => outcome === 'refused')).toHaveLength(2);
  });

  test.each(['arming', 'test'] as const)('CRD1 is closed while an alert is %s', async (how) => {
    await save(cardOf());
    await tell(how === 'test' ? { isTest: true } : { stage: 'arming', sharedMs: 0 });
    const analyst = await stage.signIn('analyst');
    expect((await analyst.call('GET', `/api/alerts/${alertId}/card`)).status).toBe(404);
  });

  test('CRD1 does not exist for another agency, and not for who may not read alerts', async () => {
    await save(cardOf());
    await tell();
    const foreign = await stage.signIn('dispatcher', await seedTestAgency(stage.db, 'Another agency'));
    expect((await foreign.call('GET', `/api/alerts/${alertId}/card`)).status).toBe(404);
    const administrator = await stage.signIn('administrator');
    expect((await administrator.call('GET', `/api/alerts/${alertId}/card`)).status).toBe(403);
  });

  test('CRD2 stands nowhere in the database as it is, and an emptied card keeps its version alone', async () => {
    await save(cardOf({ planHash }), png);
    const [row] = await stage.db.select().from(siteCards);
    const kept = JSON.stringify(row);
    for (const word of ['Rosa', '555', 'Stairs', png.toString('base64').slice(0, 40)]) expect(kept).not.toContain(word);
    expect((await save(cardOf({ version: 2, contacts: [], notes: '' }))).status).toBe(200);
    const [emptied] = await stage.db.select().from(siteCards);
    expect(emptied).toMatchObject({ id: row?.id, version: 2, sealed: null, sealedPlan: null, wrappedKey: null });
    await tell();
    expect(await readShown()).toBeNull();
  });

  test('CRD2 keeps the floor plan when it is not sent again, under another key', async () => {
    await save(cardOf({ planHash }), png);
    const [before] = await stage.db.select().from(siteCards);
    expect((await save(cardOf({ version: 2, planHash, notes: 'New words' }))).status).toBe(200);
    const [after] = await stage.db.select().from(siteCards);
    expect(after?.wrappedKey).not.toBe(before?.wrappedKey);
    await tell();
    expect(await readShown()).toMatchObject({ notes: 'New words', plan: { width: 4, height: 3 } });
  });
});

test('CRD5 what the owner of another relay of the site wrote is shown to nobody, and replaced', async () => {
  await save(cardOf({ planHash }), png);
  const { agencyId, siteId } = stage;
  const revokedAt = new Date();
  const earlier = { id: newId(), agencyId, siteId, name: 'Earlier', publicKey: 'k', enrolledAt: revokedAt, revokedAt };
  await insertRelay(stage.db, earlier);
  await stage.db.update(siteCards).set({ relayId: earlier.id });
  await tell();
  expect(await readShown()).toBeNull();
  const analyst = await stage.signIn('analyst');
  expect((await readPlanAs(analyst.cookie)).status).toBe(404);
  expect(await readOwn()).toMatchObject({ status: 200, body: { card: null } });
  expect((await save(cardOf({ planHash }))).status).toBe(409);
  expect((await save(cardOf({ notes: 'The new tenant' }))).status).toBe(200);
  expect(await stage.db.select().from(siteCards)).toMatchObject([{ relayId: stage.relay.relayId, version: 1 }]);
  expect(await readShown()).toMatchObject({ notes: 'The new tenant', plan: null });
});

describe('what is refused, with a line', () => {
  const notWhole = Buffer.from('no picture');
  const hashOfNothing = createHash('sha256').update(notWhole).digest('hex');

  test('CRD3 what no owner of the relay signed for it', async () => {
    expect((await save(cardOf(), null, { key: stranger.privateKey })).status).toBe(403);
    expect((await save(cardOf(), null, { context: siteCardReadingContext })).status).toBe(403);
    expect((await save(cardOf({ relayId: newId() }))).status).toBe(403);
    expect((await save(cardOf(), null, { from: 'x'.repeat(43) })).status).toBe(404);
    expect((await stage.audit('siteCard.changed')).every(({ outcome }) => outcome === 'refused')).toBe(true);
    expect(await stage.db.select().from(siteCards)).toEqual([]);
  });

  test('CRD3 the same version again, an older one, and one far ahead: of two devices at once one is told', async () => {
    const both = await Promise.all([save(cardOf({ notes: 'one' })), save(cardOf({ notes: 'other' }))]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect((await save(cardOf())).status).toBe(409);
    expect((await save(cardOf({ version: 7 }))).status).toBe(409);
    expect((await save(cardOf({ version: 2 }))).status).toBe(200);
  });

  test('CRD4 a floor plan that is none, another file than was signed, and one that was never sent', async () => {
    expect((await save(cardOf({ planHash: hashOfNothing }), notWhole)).status).toBe(400);
    expect((await save(cardOf({ planHash }), notWhole)).status).toBe(422);
    expect((await save(cardOf({ planHash }))).status).toBe(409);
    expect((await save(cardOf(), png)).status).toBe(400);
    expect((await save(cardOf({ planHash }), Buffer.alloc(1_510_000))).status).toBe(400);
    expect(await stage.db.select().from(siteCards)).toEqual([]);
  });

  test('CRD3 the link alone shows nobody’s number: reading it back needs the key, and a fresh signature', async () => {
    await save(cardOf());
    expect((await readOwn()).card).toEqual(cardOf());
    expect((await readOwn(new Date(), stranger.privateKey)).status).toBe(403);
    expect((await readOwn(new Date(Date.now() - 600_000))).status).toBe(403);
    const lines = await stage.audit('siteCard.read');
    expect(lines.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused', 'refused']);
  });
});
