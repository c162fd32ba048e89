import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SharingDocument } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCameras } from '../cameras/readCamera.ts';
import { confirmEntries, marksOf, writeCamera } from '../cameras/writeCamera.ts';
import { signSharing } from './openSharing.ts';
import { Sharing } from './Sharing.ts';
import { SharingFolder } from './SharingFolder.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const [added, entered] = ['019b8d3c-0000-7000-8000-00000000000a', '019b8d3c-0000-7000-8000-00000000000b'] as const;
const owner = generateKeyPairSync('ed25519');
const always = { mode: 'always' as const, schedule: [], dates: [] };

let folder: string;
let sharing: Sharing;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confirmation-'));
  await new SharingFolder(folder, relayId).prepare();
  sharing = await Sharing.open({
    folder,
    relayId,
    log: pino({ level: 'silent' }),
    runningAlert: () => null,
    onLooked: () => undefined,
  });
});
afterEach(async () => {
  sharing.close();
  await rm(folder, { recursive: true });
});

const entry = (host: string) => ({
  host,
  port: 554,
  username: undefined,
  password: undefined,
  transport: 'auto' as const,
  streams: { main: '/live' },
  tested: { main: 4_000, sub: null },
});

async function share(cameras: SharingDocument['cameras'], version = 1): Promise<void> {
  const document = {
    format: 'commonsight-sharing-1' as const,
    relayId,
    version,
    issuedAt: new Date().toISOString(),
    timeZone: 'America/Chicago',
    default: always,
    cameras,
  };
  await new SharingFolder(folder, relayId).accept(JSON.stringify(signSharing(document, owner.privateKey)));
  await sharing.lookAgain();
}

async function pair(): Promise<void> {
  const key = owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  await new SharingFolder(folder, relayId).pair(key);
}

test('SHR10 a camera that came over the link is seen by nobody, whatever holds for all others', async () => {
  await writeCamera(folder, entered, entry('a'), { awaitsOwner: false });
  await writeCamera(folder, added, entry('b'), { awaitsOwner: true });
  await sharing.lookAgain();
  expect([sharing.mayBeSeen(entered), sharing.mayBeSeen(added)]).toEqual([true, false]);
  expect(sharing.judge(added).sentence).toContain('not confirmed');
  await pair();
  await share({ [entered]: always });
  expect([sharing.mayBeSeen(entered), sharing.mayBeSeen(added)]).toEqual([true, false]);
  expect(sharing.awaitingOwner).toEqual([added]);
});

test('SHR10 it is seen from the document on that names it', async () => {
  await writeCamera(folder, added, entry('b'), { awaitsOwner: true });
  await pair();
  await share({});
  expect(sharing.mayBeSeen(added)).toBe(false);
  await share({ [added]: always }, 2);
  expect(sharing.mayBeSeen(added)).toBe(true);
  expect(sharing.awaitingOwner).toEqual([]);
});

test('SHR10 it is seen when it was confirmed at the console, and no other one is', async () => {
  for (const [id, host] of [
    [added, 'b'],
    [entered, 'a'],
  ] as const) {
    await writeCamera(folder, id, entry(host), { awaitsOwner: true });
  }
  expect(await confirmEntries(folder, (id) => id === added)).toEqual([added]);
  await sharing.lookAgain();
  expect([sharing.mayBeSeen(added), sharing.mayBeSeen(entered)]).toEqual([true, false]);
  expect(await confirmEntries(folder, () => true)).toEqual([entered]);
  expect(await confirmEntries(folder, () => true)).toEqual([]);
});

test('SHR10 it awaits its owner from before it is on the disk', async () => {
  sharing.awaitOwner(added);
  expect(sharing.mayBeSeen(added)).toBe(false);
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(added)).toBe(false);
  await writeCamera(folder, added, entry('b'), { awaitsOwner: true });
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(added)).toBe(false);
});

test('an entry with a mistake in its marks awaits its owner, and one by hand does not', async () => {
  await writeCamera(folder, added, entry('b'), { awaitsOwner: true });
  const kept = (await listCameras(folder))[added];
  expect(marksOf(kept)).toEqual({ awaitsOwner: true, streams: ['main'], tested: { main: 4_000, sub: null } });
  expect(marksOf({ host: 'a', streams: { sub: '/s' } })).toMatchObject({ awaitsOwner: false, streams: ['sub'] });
  expect(marksOf({ host: 'a', awaitsOwner: 'no', streams: {} }).awaitsOwner).toBe(true);
});
