import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SharingDocument } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { marksOf } from '../cameras/marks.ts';
import { listCameras } from '../cameras/readCamera.ts';
import { confirmEntries, writeCamera } from '../cameras/writeCamera.ts';
import { parseSharingCommand } from './parseSharingCommand.ts';
import { runSharingCommand } from './runSharingCommand.ts';
import { signSharing } from './openSharing.ts';
import { Sharing } from './Sharing.ts';
import { SharingFolder } from './SharingFolder.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const [added, entered] = ['019b8d3c-0000-7000-8000-00000000000a', '019b8d3c-0000-7000-8000-00000000000b'] as const;
const owner = generateKeyPairSync('ed25519');
const always = { mode: 'always' as const, schedule: [], dates: [] };

let folder: string;
let sharing: Sharing;

const open = () =>
  Sharing.open({
    folder,
    relayId,
    log: pino({ level: 'silent' }),
    runningAlert: () => null,
    onLooked: () => undefined,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confirmation-'));
  await new SharingFolder(folder, relayId).prepare();
  sharing = await open();
});
afterEach(async () => {
  await sharing.close();
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

async function share(
  cameras: SharingDocument['cameras'],
  version = 1,
  confirmed?: SharingDocument['confirmed'],
): Promise<void> {
  const document = {
    format: 'commonsight-sharing-1' as const,
    relayId,
    version,
    issuedAt: new Date().toISOString(),
    timeZone: 'America/Chicago',
    default: always,
    cameras,
    ...(confirmed === undefined ? {} : { confirmed }),
  };
  await new SharingFolder(folder, relayId).accept(JSON.stringify(signSharing(document, owner.privateKey)));
  await sharing.lookAgain();
}

async function pair(): Promise<void> {
  const key = owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  await new SharingFolder(folder, relayId).pair(key);
}

/** As the link does it: gives the id that an owner confirms. */
async function bring(cameraId: string, host: string): Promise<string> {
  const entryId = randomUUID();
  await writeCamera(folder, cameraId, entry(host), { awaitsAs: entryId, onFree: () => sharing.awaitOwner(cameraId) });
  await sharing.lookAgain();
  return entryId;
}
const areSeen = () => [sharing.mayBeSeen(entered), sharing.mayBeSeen(added)];
const untilLifted = () => vi.waitFor(async () => expect((await marksOfAdded()).awaits).toBeNull(), { timeout: 20_000 });
const marksOfAdded = async () => marksOf((await listCameras(folder))[added]);

test('SHR10 a camera that came over the link is seen by nobody, whatever holds for all others', async () => {
  await writeCamera(folder, entered, entry('10.0.0.1'), { awaitsAs: null });
  const entryId = await bring(added, '10.0.0.2');
  expect(areSeen()).toEqual([true, false]);
  expect(sharing.judge(added).sentence).toContain('not confirmed');
  await pair();
  await share({ [entered]: always });
  expect(areSeen()).toEqual([true, false]);
  expect(sharing.awaitingOwner).toEqual([{ cameraId: added, entryId }]);
});

test('SHR10 a document that names its id does not confirm it: it may have been signed before there was an entry', async () => {
  await pair();
  await share({ [added]: always });
  const entryId = await bring(added, '10.0.0.2');
  expect(sharing.mayBeSeen(added)).toBe(false);
  // Signed before and held back by who carries it.
  await share({ [added]: always }, 2);
  await share({ [added]: always }, 3, { [added]: randomUUID(), [entered]: entryId });
  expect(sharing.mayBeSeen(added)).toBe(false);
  expect(sharing.awaitingOwner).toEqual([{ cameraId: added, entryId }]);
});

test('SHR10 it is seen from the document on that confirms its entry, and stays so under those that do not repeat it', async () => {
  await pair();
  await share({});
  const entryId = await bring(added, '10.0.0.2');
  await share({ [added]: always }, 2, { [added]: entryId });
  expect(sharing.mayBeSeen(added)).toBe(true);
  expect(sharing.awaitingOwner).toEqual([]);
  await untilLifted();
  await share({}, 3);
  expect(sharing.mayBeSeen(added)).toBe(true);
  await sharing.close();
  sharing = await open();
  expect(sharing.mayBeSeen(added)).toBe(true);
});

test('SHR10 another entry under the id of a confirmed one awaits its owner anew', async () => {
  await pair();
  const entryId = await bring(added, '10.0.0.2');
  await share({ [added]: always }, 1, { [added]: entryId });
  await untilLifted();
  await rm(join(folder, 'cameras.json'));
  await bring(added, 'c');
  expect(sharing.mayBeSeen(added)).toBe(false);
});

test('SHR10 it is seen when it was confirmed at the console, and no other one is', async () => {
  await bring(added, '10.0.0.2');
  await bring(entered, '10.0.0.1');
  expect(await confirmEntries(folder, (id) => id === added)).toEqual({ confirmed: [added], mistaken: [] });
  await sharing.lookAgain();
  expect(areSeen()).toEqual([false, true]);
  expect((await confirmEntries(folder, () => true)).confirmed).toEqual([entered]);
  expect((await confirmEntries(folder, () => true)).confirmed).toEqual([]);
});

test('SHR10 at the console a rule for one camera confirms it, one for all confirms none, and what waits is shown', async () => {
  const run = (words: string, values: Record<string, string | boolean> = {}) =>
    runSharingCommand(parseSharingCommand(words.split(' '), { folder, ...values }), relayId);
  await bring(added, '10.0.0.2');
  await bring(entered, '10.0.0.1');
  expect((await run('sharing show')).join('\n')).toMatch(/not confirmed.*\n.*not confirmed.*\n.*every other camera/);
  await run('owner pair');
  await run('sharing set', { all: true, mode: 'always' });
  expect(await run('sharing set', { camera: added, mode: 'always' })).toContain(`Confirmed ${added}.`);
  await run('sharing set', { all: true, mode: 'always' });
  await sharing.lookAgain();
  expect(areSeen()).toEqual([false, true]);
  expect((await run('sharing show')).filter((line) => line.includes('not confirmed'))).toEqual([
    expect.stringContaining(entered),
  ]);
});

test('SHR10 it awaits its owner from before it is on the disk', async () => {
  sharing.awaitOwner(added);
  expect(sharing.mayBeSeen(added)).toBe(false);
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(added)).toBe(false);
  await writeCamera(folder, added, entry('10.0.0.2'), { awaitsAs: randomUUID() });
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(added)).toBe(false);
});

test('SHR10 one whose entry could not be written is forgotten, and one whose entry was written all the same is not', async () => {
  sharing.awaitOwner(added);
  await sharing.forgetAdded(added);
  expect(sharing.mayBeSeen(added)).toBe(true);
  sharing.awaitOwner(added);
  await writeCamera(folder, added, entry('10.0.0.2'), { awaitsAs: randomUUID() });
  await sharing.forgetAdded(added);
  expect(sharing.mayBeSeen(added)).toBe(false);
});

test('SHR10 one that cannot be kept darkens no camera and leaves nothing that waits', async () => {
  await writeCamera(folder, entered, entry('10.0.0.1'), { awaitsAs: null });
  await sharing.lookAgain();
  for (const [id, host] of [
    [entered, '10.0.0.2'],
    [added, '10.0.0.1'],
  ] as const) {
    const onFree = vi.fn<() => void>();
    await expect(writeCamera(folder, id, entry(host), { awaitsAs: randomUUID(), onFree })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(onFree).not.toHaveBeenCalled();
  }
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(entered)).toBe(true);
  expect(sharing.awaitingOwner).toEqual([]);
});

test('SHR10 before the file of cameras was read once, nobody sees any of them', async () => {
  await bring(added, '10.0.0.2');
  await sharing.close();
  const file = join(folder, 'cameras.json');
  await chmod(file, 0o644);
  sharing = await open();
  expect(areSeen()).toEqual([false, false]);
  await chmod(file, 0o600);
  await sharing.lookAgain();
  expect(areSeen()).toEqual([true, false]);
});

test('cameras that are kept and confirmed side by side are all there', async () => {
  const ids = Array.from({ length: 24 }, () => randomUUID());
  await Promise.all(
    ids.flatMap((id, at) => [
      writeCamera(folder, id, entry(`10.0.0.${at}`), { awaitsAs: randomUUID() }),
      confirmEntries(folder, () => true),
    ]),
  );
  expect(Object.keys(await listCameras(folder)).toSorted()).toEqual(ids.toSorted());
});

test('an entry with a mistake in its marks awaits its owner and is not said to be confirmed', async () => {
  const awaits = { entryId: await bring(added, '10.0.0.2') };
  const read = { isReadable: true, streams: ['main'], tested: { main: 4_000, sub: null } };
  expect(await marksOfAdded()).toEqual({ awaits, ...read });
  expect(marksOf({ host: 'a', streams: { sub: '/s' } })).toMatchObject({ awaits: null, streams: ['sub'] });
  expect(marksOf({ host: 'a', awaitsOwner: 'no', streams: {} }).awaits).toEqual({ entryId: null });
  // A figure is no reason to take a picture away.
  expect(marksOf({ host: 'a', streams: { main: '/m' }, tested: { main: -1, sub: null } })).toMatchObject({
    awaits: null,
    tested: { main: null, sub: null },
  });
  const broken = { cameras: { [added]: { host: 'a', awaitsOwner: true, streams: 'none' } } };
  await writeFile(join(folder, 'cameras.json'), JSON.stringify(broken), { mode: 0o600 });
  expect(await confirmEntries(folder, () => true)).toEqual({ confirmed: [], mistaken: [added] });
});
