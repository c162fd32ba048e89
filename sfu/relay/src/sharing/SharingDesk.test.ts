import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, verify } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerProof, pairingCodeMs, pairingCodeSchema, relayProof } from '@commonsight/types/relay/pairing';
import { type SharingDocument, sharingReceiptText, type SharingState } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeCamera } from '../cameras/writeCamera.ts';
import { signSharing } from './openSharing.ts';
import { PairingCode } from './PairingCode.ts';
import { Sharing } from './Sharing.ts';
import { SharingDesk } from './SharingDesk.ts';
import { SharingFolder } from './SharingFolder.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const camera = '019b8d3c-0000-7000-8000-000000000002';
const nonce = 'n'.repeat(22);
const [device, owner, other] = [1, 2, 3].map(() => generateKeyPairSync('ed25519')) as [Pair, Pair, Pair];
type Pair = { publicKey: KeyObject; privateKey: KeyObject };
const textOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64url');
const ownerKey = textOf(owner.publicKey);

let folder: string;
let sharing: Sharing;
let desk: SharingDesk;
let told: SharingState[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  await new SharingFolder(folder, relayId).prepare();
  const log = pino({ level: 'silent' });
  told = [];
  sharing = await Sharing.open({ folder, relayId, log, runningAlert: () => null, onLooked: () => desk?.tellChanges() });
  desk = new SharingDesk({
    folder,
    relayId,
    deviceKey: device.privateKey,
    devicePublicKey: textOf(device.publicKey),
    sharing,
    log,
    tell: async (state) => void told.push(state),
  });
});
afterEach(async () => {
  await sharing.close();
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

async function makeCode(origin: 'console' | 'page' = 'console'): Promise<string> {
  const { shown } = await new PairingCode(join(folder, 'sharing')).make(Date.now(), { origin });
  expect(shown).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
  return pairingCodeSchema.parse(shown.toLowerCase());
}

async function pair(code: string, changed: { ownerKey?: string; relayId?: string; sent?: string } = {}) {
  const transcript = { relayId: changed.relayId ?? relayId, ownerKey: changed.ownerKey ?? ownerKey, nonce };
  const proof = await ownerProof(code, transcript);
  return desk.handlers['owner:pair']({ ownerKey: changed.sent ?? transcript.ownerKey, nonce, proof });
}

function documentOf(changed: Partial<SharingDocument> = {}): SharingDocument {
  return {
    format: 'commonsight-sharing-1',
    relayId,
    version: 1,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'America/Chicago',
    default: { mode: 'off', schedule: [], dates: [] },
    cameras: { [camera]: { mode: 'always', schedule: [], dates: [] } },
    ...changed,
  };
}
const offer = (changed: Partial<SharingDocument> = {}, key = owner.privateKey) =>
  desk.handlers['sharing:offer']({ signed: signSharing(documentOf(changed), key) });

describe('a pairing code', () => {
  test('SHR6 makes the key of who knows it the owner’s, and the relay proves that it did', async () => {
    const code = await makeCode();
    const answer = await pair(code);
    const relayKey = textOf(device.publicKey);
    expect(answer).toEqual({ relayKey, proof: await relayProof(code, { relayId, ownerKey, nonce }, relayKey) });
    expect(sharing.state).toMatchObject({ is: 'paired', ownerKeys: [ownerKey] });
    expect(sharing.mayBeSeen(camera)).toBe(false);
    await expect(pair(code)).rejects.toThrow('does not accept this code');
    expect((await readdir(join(folder, 'sharing'))).toSorted()).toEqual(['owners.json']);
  });

  test('SHR6 is used up by a wrong try, and no other key or relay can be put under a proof', async () => {
    for (const changed of [{ sent: textOf(other.publicKey) }, { relayId: camera }]) {
      const code = await makeCode();
      await expect(pair(code, changed)).rejects.toThrow('does not accept this code');
      await expect(pair(code)).rejects.toThrow('does not accept this code');
    }
    await makeCode();
    await expect(pair('0'.repeat(20))).rejects.toThrow('does not accept this code');
    expect(sharing.state.is).toBe('unpaired');
  });

  test('SHR6 of two tries at once one finds it', async () => {
    const code = await makeCode();
    const keys = [ownerKey, textOf(other.publicKey)];
    const tries = await Promise.allSettled(keys.map((key) => pair(code, { ownerKey: key })));
    // Whichever has its proof made first.
    const found = keys.filter((_, index) => tries[index]?.status === 'fulfilled');
    expect(found).toHaveLength(1);
    expect(sharing.state).toMatchObject({ ownerKeys: found });
  });

  test('SHR6 of the page of the site’s network makes the first owner’s key alone', async () => {
    const late = await makeCode('page');
    const consoleKey = textOf(other.publicKey);
    await new SharingFolder(folder, relayId).pair(consoleKey);
    await expect(pair(late)).rejects.toThrow('An owner was paired since');
    await expect(pair(await makeCode('page'))).rejects.toMatchObject({ code: 'notPermitted' });
    await sharing.look();
    expect(sharing.state).toMatchObject({ ownerKeys: [consoleKey] });
    await pair(await makeCode());
    expect(sharing.state).toMatchObject({ ownerKeys: [consoleKey, ownerKey] });
  });

  test('SHR6 is good for a quarter of an hour', async () => {
    const code = await makeCode();
    vi.useFakeTimers({ now: Date.now() + pairingCodeMs, toFake: ['Date'] });
    await expect(pair(code)).rejects.toThrow('does not accept this code');
  });
});

describe('an offered document', () => {
  beforeEach(async () => void (await pair(await makeCode())));

  test('SHR7 is in force when it is answered, with a receipt that only this relay can make', async () => {
    const { inForce, ...state } = await offer();
    expect(state).toEqual({
      state: 'paired',
      ownerKeys: [ownerKey],
      modes: { [camera]: 'always' },
      others: 'off',
      awaitingOwner: [],
    });
    expect(sharing.mayBeSeen(camera)).toBe(true);
    const text = sharingReceiptText({ relayId, document: inForce?.signed.document ?? '' });
    const receipt = Buffer.from(inForce?.receipt ?? '', 'base64url');
    expect(
      verify(
        null,
        Buffer.from(text),
        createPublicKey(device.publicKey.export({ format: 'pem', type: 'spki' })),
        receipt,
      ),
    ).toBe(true);
  });

  test('SHR10 that names a new camera leaves it waiting, and one that confirms its entry does not', async () => {
    const entryId = randomUUID();
    const entry = {
      host: '10.0.0.7',
      port: 554,
      username: undefined,
      password: undefined,
      transport: 'auto' as const,
      streams: { main: '/live' },
      tested: { main: null, sub: null },
    };
    await writeCamera(folder, camera, entry, { awaitsAs: entryId });
    expect(await offer()).toMatchObject({ awaitingOwner: [{ cameraId: camera, entryId }], modes: { [camera]: 'off' } });
    expect(await offer({ version: 2, confirmed: { [camera]: entryId } })).toMatchObject({
      awaitingOwner: [],
      modes: { [camera]: 'always' },
    });
    expect(sharing.mayBeSeen(camera)).toBe(true);
  });

  test('SHR7 is refused when it is old, replayed, forged or for another relay', async () => {
    await offer({ version: 4 });
    await expect(offer({ version: 4 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(offer({ version: 3 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(offer({ version: 5 }, other.privateKey)).rejects.toMatchObject({ code: 'notPermitted' });
    await expect(offer({ version: 5, relayId: camera })).rejects.toThrow('for another relay');
    const genuine = signSharing(documentOf({ version: 5 }), owner.privateKey);
    const changed = signSharing(documentOf({ version: 6 }), owner.privateKey);
    await expect(
      desk.handlers['sharing:offer']({ signed: { ...genuine, document: changed.document } }),
    ).rejects.toThrow('not signed by an owner');
    expect(sharing.state).toMatchObject({ document: { version: 4 } });
  });

  test('SHR7 of two with one version the second is told of the conflict', async () => {
    const offers = await Promise.allSettled([offer(), offer({ timeZone: 'America/Denver' })]);
    expect(offers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(offers[1]).toMatchObject({ reason: { code: 'conflict' } });
  });

  test('SHR8 the server is told what holds when the link is up and when it changes, and not again', async () => {
    desk.connected();
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ state: 'paired', inForce: null, others: 'off' }));
    await offer();
    await vi.waitFor(() => expect(told.at(-1)?.modes).toEqual({ [camera]: 'always' }));
    const { length } = told;
    await sharing.lookAgain();
    await sharing.lookAgain();
    expect(told).toHaveLength(length);
  });
});
