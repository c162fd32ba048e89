import { createHash } from 'node:crypto';
import { auditEventSchema } from '@commonsight/types/audit-event';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { ownerRelaySchema } from '@commonsight/types/owner';
import {
  mostVersionStep,
  type SharingDocument,
  sharingSignatureContext,
  type SharingState,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { type SignedStillRequest, type StillRequest, stillSignatureContext } from '@commonsight/types/relay/still';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ledgerLinks, sites } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { insertRelay, revokeRelay } from '../relays/relayRepository.ts';
import { hashOfSecret } from '../secrets.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { OwnerKeys } from '../testing/OwnerKeys.ts';
import { seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

const secret = 's'.repeat(43);
const owner = new OwnerKeys();
const ownerKey = owner.publicKey;
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
let stage: Stage;
let inForce: SharingState['inForce'];
let offered: SignedSharing[];

beforeEach(async () => {
  stage = await Stage.create();
  [inForce, offered] = [null, []];
  stage.relay.sharing['sharing:offer'] = async ({ signed }) => {
    offered.push(signed);
    inForce = { signed, receipt: 'cmVjZWlwdA' };
    return stateOf();
  };
  await stage.connectMedia();
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'administrator' });
  await stage.db.insert(ledgerLinks).values({
    id: newId(),
    agencyId: stage.agencyId,
    siteId: stage.siteId,
    secretHash: hashOfSecret(secret),
    createdBy,
    createdAt: new Date(),
  });
});
afterEach(() => stage.close());

const camera = () => stage.cameras[0]?.id ?? '';

function stateOf(mode: 'always' | 'off' = 'off'): SharingState {
  return {
    state: 'paired',
    ownerKeys: [ownerKey],
    inForce,
    modes: { [camera()]: mode },
    others: 'always',
    awaitingOwner: [],
  };
}

function sign1(changed: Partial<SharingDocument> = {}, by = owner): SignedSharing {
  const { content, signature } = by.sign(sharingSignatureContext, {
    format: 'commonsight-sharing-1',
    relayId: stage.relay.relayId,
    version: 1,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'America/Chicago',
    default: { mode: 'always', schedule: [], dates: [] },
    cameras: { [camera()]: { mode: 'off', schedule: [], dates: [] } },
    ...changed,
  });
  return { document: content, signature };
}

/** Each for a key of its own, as a browser makes it. */
function signedStill(by: OwnerKeys, relayId = stage.relay.relayId): SignedStillRequest {
  const request: StillRequest = {
    format: 'commonsight-still-1',
    relayId,
    cameraId: camera(),
    kind: 'sub',
    sealingPoint: newId().replaceAll('-', '').padEnd(87, 'A'),
  };
  const { content, signature } = by.sign(stillSignatureContext, request);
  return { request: content, signature };
}

async function call(method: 'GET' | 'POST', path: string, body?: unknown, from = secret) {
  const response = await fetch(`${stage.url}${path}`, {
    method,
    headers: {
      [ledgerSecretHeader]: from,
      ...(body === undefined ? {} : { 'content-type': 'application/json', origin: stage.url }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}
const offer = (signed: SignedSharing, relayId = stage.relay.relayId) =>
  call('POST', '/api/owner/sharing', { relayId, signed });
const read = async () => ownerRelaySchema.parse((await call('GET', '/api/owner/relay')).body['relay']);
const tell = (state: SharingState) => stage.relay.ask('sharing:tell', state);
const damaged: SharingState = {
  state: 'damaged',
  ownerKeys: [],
  inForce: null,
  modes: {},
  others: 'off',
  awaitingOwner: [],
};

describe('what a relay tells', () => {
  test('SHR8 reaches walls, the owner’s page and the log', async () => {
    const { browser } = await stage.viewer();
    inForce = { signed: sign1(), receipt: 'cmVjZWlwdA' };
    await tell(stateOf('off'));
    expect(await browser.heard('camera:sharingChanged')).toEqual({ cameraId: camera(), sharingMode: 'off' });
    expect(browser.notifications('camera:sharingChanged')).toHaveLength(1);
    await tell(stateOf('always'));
    await browser.heard('camera:sharingChanged', ({ sharingMode }) => sharingMode === 'always');
    expect((await read()).sharing).toEqual({
      state: 'paired',
      ownerKeys: [ownerKey],
      inForce,
      awaitingOwner: [],
    });
    const changes = (await stage.audit('sharing.changed')).map((line) =>
      auditEventSchema.shape.details.parse(line.details),
    );
    expect(changes).toEqual([{ state: 'paired', version: 1, documentHash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await stage.audit('owner.paired')).toHaveLength(1);
  });

  test('SHR14 a key that was taken away is a line of the log, once, and a damaged folder is none', async () => {
    const other = new OwnerKeys().publicKey;
    await tell({ ...stateOf(), ownerKeys: [ownerKey, other] });
    for (const time of [1, 2]) {
      await tell(stateOf());
      const lines = await stage.audit('owner.keyForgotten');
      expect([time, lines.map(({ details }) => details)]).toEqual([time, [{ ownerKeyHash: hashOf(other) }]]);
    }
    await tell(damaged);
    expect(await stage.audit('owner.keyForgotten')).toHaveLength(1);
  });

  test('SHR14 a key that was taken away while the folder was damaged is a line all the same, and no other is paired anew', async () => {
    const other = new OwnerKeys().publicKey;
    const forgotten = async () => (await stage.audit('owner.keyForgotten')).map(({ details }) => details);
    await tell({ ...stateOf(), ownerKeys: [ownerKey, other] });
    await tell(damaged);
    expect((await read()).sharing).toMatchObject({ state: 'damaged', ownerKeys: [ownerKey, other] });
    await tell(stateOf());
    expect(await forgotten()).toEqual([{ ownerKeyHash: hashOf(other) }]);
    expect(await stage.audit('owner.paired')).toHaveLength(2);
    // A folder that is gone has lost them all.
    await tell({ ...damaged, state: 'unpaired', others: 'always' });
    expect((await forgotten()).map((line) => JSON.stringify(line)).toSorted()).toEqual(
      [ownerKey, other].map((key) => JSON.stringify({ ownerKeyHash: hashOf(key) })).toSorted(),
    );
    expect(await stage.audit('owner.paired')).toHaveLength(2);
  });

  test('SHR3 a refusal of the relay leaves a line of who wanted to look', async () => {
    const { browser } = await stage.viewer();
    stage.relay.onStart = () => {
      throw new CodedError('notShared', 'The owner does not share this camera now.');
    };
    const [refused] = (
      await browser.get('consumer:create', {
        items: [{ cameraId: camera(), stream: 'sub', incidentId: stage.incidentId }],
      })
    ).results;
    expect(refused).toMatchObject({ ok: false, error: { code: 'notShared' } });
    const lines = await stage.audit('viewing.started');
    expect(lines.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused']);
    expect(lines.find(({ outcome }) => outcome === 'refused')?.details).toMatchObject({
      code: 'notShared',
      cameraId: camera(),
    });
  });
});

describe('an owner’s document', () => {
  beforeEach(() => tell({ ...stateOf(), modes: {} }));

  test('SRC2 says for how long the site’s recordings are kept, until it says so no more', async () => {
    const keptDays = async () => (await stage.db.select().from(sites).where(eq(sites.id, stage.siteId)))[0]?.keptDays;
    await offer(sign1({ keptDays: 14 }));
    expect(await keptDays()).toBe(14);
    await offer(sign1({ version: 2 }));
    expect(await keptDays()).toBeNull();
  });

  test('SHR7 goes to the relay as it is, and what the relay refuses is refused', async () => {
    const signed = sign1();
    expect(await offer(signed)).toMatchObject({ status: 200, body: { state: 'inForce' } });
    expect(offered).toEqual([signed]);
    expect((await read()).sharing?.inForce?.signed).toEqual(signed);
    stage.relay.sharing['sharing:offer'] = () => Promise.reject(new CodedError('notPermitted', 'For another relay.'));
    const refused = await offer(sign1({ version: 2 }));
    expect(refused).toMatchObject({ status: 403, body: { error: { message: 'For another relay.' } } });
    const lines = await stage.audit('sharing.offered');
    expect(lines.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'done', 'refused']);
  });

  test('SHR7 that is old, forged or for another relay does not even reach the relay', async () => {
    await offer(sign1({ version: 3 }));
    const cases: [SignedSharing, number][] = [
      [sign1({ version: 3 }), 409],
      [sign1({ version: 2 }), 409],
      [sign1({ version: 3 + mostVersionStep + 1 }), 403],
      [sign1({ version: 4 }, new OwnerKeys()), 403],
      [sign1({ version: 4, relayId: newId() }), 403],
      [{ ...sign1({ version: 4 }), document: sign1({ version: 5 }).document }, 403],
    ];
    for (const [signed, status] of cases) expect((await offer(signed)).status).toBe(status);
    expect((await offer(sign1({ version: 4 }), newId())).status).toBe(404);
    expect(
      (await call('POST', '/api/owner/sharing', { relayId: stage.relay.relayId, signed: sign1() }, 'x')).status,
    ).toBe(404);
    expect(offered).toHaveLength(1);
  });

  test('SHR7 of two at once the second hears of the conflict', async () => {
    const both = await Promise.all([offer(sign1()), offer(sign1({ timeZone: 'America/Denver' }))]);
    expect(both.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    expect(offered).toHaveLength(1);
  });

  test('SHR9 waits for a relay that is away, unchanged, and a second one is a conflict', async () => {
    stage.relay.disconnect();
    await until(async () => !(await read()).isOnline);
    const signed = sign1();
    expect(await offer(signed)).toMatchObject({ status: 200, body: { state: 'waiting' } });
    expect((await read()).waiting).toMatchObject({ version: 1 });
    expect((await offer(sign1({ timeZone: 'America/Denver' }))).status).toBe(409);
    await stage.connectRelay();
    await tell({ ...stateOf(), inForce: null, modes: {} });
    await until(async () => (await read()).waiting === null);
    expect(offered).toEqual([signed]);
    expect((await read()).sharing?.inForce?.signed).toEqual(signed);
  });

  test('ENR5 goes to the relay that it names, also where an earlier version has let a second one in', async () => {
    const { agencyId, siteId } = stage;
    const at = new Date();
    const second = { id: newId(), agencyId, siteId, name: 'Second', publicKey: 'k', enrolledAt: at, isOnline: true };
    await insertRelay(stage.db, second);
    expect(await offer(sign1())).toMatchObject({ status: 200, body: { state: 'inForce' } });
    expect(offered).toHaveLength(1);
    expect((await offer(sign1({ version: 2 }), newId())).status).toBe(404);
    await revokeRelay(stage.db, agencyId, second.id, at);
    expect((await offer(sign1({ version: 2, relayId: second.id }), second.id)).status).toBe(404);
  });

  test('SHR9 that the relay does not take after its return is forgotten, and the owner reads why', async () => {
    stage.relay.disconnect();
    await until(async () => !(await read()).isOnline);
    await offer(sign1());
    stage.relay.sharing['sharing:offer'] = () => Promise.reject(new CodedError('conflict', 'Version 2 was accepted.'));
    await stage.connectRelay();
    await tell({ ...stateOf(), inForce: null, modes: {} });
    await until(async () => (await read()).refusal !== null);
    expect(await read()).toMatchObject({ waiting: null, refusal: { version: 1, message: 'Version 2 was accepted.' } });
  });
});

test('SHR6 a pairing goes through, and what the relay says of it', async () => {
  const body = {
    relayId: stage.relay.relayId,
    request: { ownerKey, nonce: 'n'.repeat(22), proof: 'p'.repeat(43) },
  };
  const refused = await call('POST', '/api/owner/pair', body);
  expect(refused).toMatchObject({ status: 410, body: { error: { code: 'codeNotAccepted' } } });
  stage.relay.sharing['owner:pair'] = async () => ({ relayKey: ownerKey, proof: 'q'.repeat(43) });
  const paired = await call('POST', '/api/owner/pair', body);
  expect(paired).toMatchObject({ status: 200, body: { relayKey: ownerKey, proof: 'q'.repeat(43) } });
  const lines = await stage.audit('owner.pairingTried');
  expect(lines.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'done', 'refused']);
});

test('SHR15 a request for a still goes to the relay as it is, and back what that has sealed', async () => {
  const signed = signedStill(owner);
  await tell(stateOf());
  const body = { relayId: stage.relay.relayId, signed };
  const refused = await call('POST', '/api/owner/still', body);
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'notPermitted' } } });
  const answer = { sealed: 's'.repeat(120), receipt: 'r'.repeat(86) };
  const asked: unknown[] = [];
  stage.relay.sharing['camera:takeStill'] = async (request) => {
    asked.push(request);
    return answer;
  };
  expect(await call('POST', '/api/owner/still', body)).toEqual({ status: 200, body: answer });
  expect(asked).toEqual([{ signed }]);
  expect((await call('POST', '/api/owner/still', body, 'x')).status).toBe(404);
  const lines = await stage.audit('owner.stillTaken');
  expect(lines.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'done', 'refused']);
});

test('SHR15 a request that no owner has signed for this relay does not reach it, and is refused with a line', async () => {
  await tell(stateOf());
  let asked = 0;
  stage.relay.sharing['camera:takeStill'] = async () => {
    asked += 1;
    return { sealed: 's'.repeat(120), receipt: 'r'.repeat(86) };
  };
  const good = signedStill(owner);
  for (const signed of [
    signedStill(new OwnerKeys()),
    signedStill(owner, newId()),
    { ...good, signature: 'c2ln' },
    { ...good, request: signedStill(owner).request },
  ]) {
    expect((await call('POST', '/api/owner/still', { relayId: stage.relay.relayId, signed })).status).toBe(403);
  }
  expect(asked).toBe(0);
  const lines = await stage.audit('owner.stillTaken');
  expect(lines.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'refused']);
});
