import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOfSharing, mostVersionStep, nameOfKey, type SharingDocument } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ForeignSharingError, SharingConflictError, signSharing } from './openSharing.ts';
import { parseSharingCommand } from './parseSharingCommand.ts';
import { runSharingCommand } from './runSharingCommand.ts';
import { Sharing } from './Sharing.ts';
import { SharingFolder } from './SharingFolder.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const camera = '019b8d3c-0000-7000-8000-000000000002';
const owner = generateKeyPairSync('ed25519');
const publicText = owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
let relayFolder: string;
let folder: SharingFolder;

beforeEach(async () => {
  relayFolder = await mkdtemp(join(tmpdir(), 'sharing-'));
  folder = new SharingFolder(relayFolder, relayId);
});
afterEach(() => rm(relayFolder, { recursive: true }));

function documentOf(changed: Partial<SharingDocument> = {}): SharingDocument {
  return {
    format: 'commonsight-sharing-1',
    relayId,
    version: 2,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'America/Chicago',
    default: { mode: 'off', schedule: [], dates: [] },
    cameras: { [camera]: { mode: 'always', schedule: [], dates: [] } },
    ...changed,
  };
}
const signed = (changed: Partial<SharingDocument> = {}, key: KeyObject = owner.privateKey) =>
  JSON.stringify(signSharing(documentOf(changed), key));
const size = { width: 640, height: 360 };
const triangle: [number, number][] = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
];
async function keptNow() {
  const kept = await folder.read();
  if (kept.is === 'unpaired' || kept.document === null || kept.signed === null) throw new Error('Nothing is kept.');
  return { document: kept.document, signed: kept.signed };
}
const documentKept = async () => (await keptNow()).document;
const hashOfKept = async () => hashOfSharing((await keptNow()).signed);
const open = () =>
  Sharing.open({
    folder: relayFolder,
    relayId,
    log: pino({ level: 'silent' }),
    runningAlert: () => null,
    onLooked: () => undefined,
  });

describe('the sharing folder', () => {
  test('SHR2 takes a higher version of its owner’s, and refuses every other document with a reason', async () => {
    await expect(folder.accept(signed())).rejects.toThrow('No owner is paired');
    await folder.pair(publicText);
    await folder.accept(signed());
    const envelope = signSharing(documentOf({ version: 9 }), owner.privateKey);
    const refused: [string, string][] = [
      [signed(), 'version 2 was accepted already'],
      [signed({ version: 1 }), 'version 2 was accepted already'],
      [signed({ version: 9, relayId: camera }), 'for another relay'],
      [signed({ version: 9 }, generateKeyPairSync('ed25519').privateKey), 'not signed by an owner'],
      [
        JSON.stringify({ ...envelope, document: signSharing(documentOf({ version: 8 }), owner.privateKey).document }),
        'not signed',
      ],
      [JSON.stringify({ ...envelope, more: 1 }), 'no signed sharing document'],
      [JSON.stringify({ ...envelope, document: 'A'.repeat(500_000) }), 'too large'],
      ['{', 'not valid JSON'],
    ];
    for (const [text, reason] of refused) await expect(folder.accept(text)).rejects.toThrow(reason);
    expect(await folder.read()).toMatchObject({ document: { version: 2 } });
    expect((await folder.accept(signed({ version: 9 }))).version).toBe(9);
  });

  test('SHR2 leaves versions for the documents that follow, whatever a lost device signs', async () => {
    await folder.pair(publicText);
    await folder.accept(signed());
    for (const version of [2 + mostVersionStep + 1, Number.MAX_SAFE_INTEGER]) {
      await expect(folder.accept(signed({ version }))).rejects.toThrow('too far ahead of 2');
    }
    expect((await folder.accept(signed({ version: 2 + mostVersionStep }))).version).toBe(2 + mostVersionStep);
  });

  test.each([{ timeZone: 'Mars/Olympus' }, { timeZone: '+05:00' }, { version: 0 }, { issuedAt: 'today' }])(
    'SHR1 signs no document of another form: %o',
    (changed) => expect(() => signed(changed)).toThrow(/./),
  );

  test('SHR5 shares as before until an owner is paired, and then only what is shared', async () => {
    const sharing = await open();
    expect(sharing.mayBeSeen(camera)).toBe(true);
    await folder.pair(publicText);
    await sharing.look();
    expect(sharing.mayBeSeen(camera)).toBe(false);
    await folder.accept(signed());
    await sharing.look();
    expect([sharing.mayBeSeen(camera), sharing.mayBeSeen(relayId)]).toEqual([true, false]);
    await sharing.close();
    const again = await open();
    expect(again.mayBeSeen(camera)).toBe(true);
    await again.close();
  });

  test('SHR5 shares nothing by damaged, missing or older files', async () => {
    await folder.pair(publicText);
    await folder.accept(signed());
    const document = join(folder.path, 'sharing.json');
    const keys = join(folder.path, 'owners.json');
    const older = await readFile(document, 'utf8');
    await folder.accept(signed({ version: 3 }));
    const newer = await readFile(document, 'utf8');
    const sharing = await open();
    const holds = async () => (await sharing.look(), sharing.mayBeSeen(camera));
    for (const text of ['', '{', older, newer.replace('"document":"e', '"document":"f')]) {
      await writeFile(document, text);
      expect(await holds()).toBe(false);
      await writeFile(document, newer);
      expect(await holds()).toBe(true);
    }
    const keyText = await readFile(keys, 'utf8');
    await writeFile(keys, '{"keys":[]}');
    expect(await holds()).toBe(false);
    await writeFile(keys, keyText);
    expect(await holds()).toBe(true);
    await rm(folder.path, { recursive: true });
    expect(await holds()).toBe(false);
    await sharing.close();
  });
});

test('SHR5 what is read while another key is paired and signs ends no stream', async () => {
  await folder.pair(publicText);
  await folder.accept(signed());
  const sharing = await open();
  // The keys of before, and the document of after.
  const torn = new ForeignSharingError('The document is not signed by an owner of this relay.', await keptNow());
  const read = vi.spyOn(SharingFolder.prototype, 'read').mockRejectedValueOnce(torn);
  onTestFinished(() => read.mockRestore());
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(camera)).toBe(true);
  // It stands so on the disk.
  read.mockRejectedValue(torn);
  await sharing.lookAgain();
  expect(sharing.mayBeSeen(camera)).toBe(false);
  await sharing.close();
});

describe('the relay’s console', () => {
  const run = (words: string, values: Record<string, string | boolean | string[]> = {}) =>
    runSharingCommand(parseSharingCommand(words.split(' '), { folder: relayFolder, ...values }), relayId);

  test('makes an owner’s key for its owner alone, and signs what is set', async () => {
    expect((await run('sharing show')).join(' ')).toContain('shared always');
    await expect(run('sharing set', { all: true, mode: 'off' })).rejects.toThrow('relay owner pair');
    expect((await run('owner pair')).join(' ')).toContain(folder.ownerKeyPath);
    expect((await stat(folder.ownerKeyPath)).mode & 0o777).toBe(0o600);
    await expect(run('owner pair')).rejects.toThrow('already');
    await run('sharing set', { camera, mode: 'always', zone: 'America/Chicago' });
    await expect(run('sharing set', { all: true, mode: 'off', zone: 'Nowhere' })).rejects.toThrow('timeZone');
    await run('sharing set', { camera: relayId, mode: 'onAlert' });
    expect((await run('sharing show')).join('\n')).toMatch(
      /^Version 2 .*America\/Chicago\n.* on alert only\.\n.* shares this camera now\.\nEvery other .* does not share/,
    );
    const file = join(relayFolder, 'document');
    await writeFile(file, signed({ version: 7 }));
    await expect(run('sharing import', { file })).rejects.toThrow('not signed by an owner');
    await run('owner pair', { key: publicText });
    expect((await run('sharing import', { file })).join('')).toContain('Version 7');
  });

  test('SHR14 a key that is forgotten signs nothing new, and what it signed last holds until the next document', async () => {
    await run('owner pair');
    await expect(run('owner forget', { key: 'unknown' })).rejects.toThrow('No one key is called unknown');
    const [line = ''] = await run('owner list');
    const [own = ''] = line.split('  ');
    expect(line).toBe(`${own}  made at this console`);
    await expect(run('owner forget', { key: own })).rejects.toThrow('the only owner’s key');
    await run('owner pair', { key: publicText });
    await folder.accept(signed({ version: 3 }));
    const older = await readFile(join(folder.path, 'sharing.json'), 'utf8');
    await folder.accept(signed({ version: 5 }));
    expect(await run('owner list')).toEqual([line, `${nameOfKey(publicText)}  has signed what is shared now`]);
    const told = await run('owner forget', { key: nameOfKey(publicText) });
    expect(told.join('\n')).toMatch(
      /holds until there is another document:\nVersion 5 .*\n.* shares this camera now\./,
    );
    expect(await run('owner list')).toEqual([line]);
    const sharing = await open();
    expect(sharing.mayBeSeen(camera)).toBe(true);
    await expect(folder.accept(signed({ version: 6 }))).rejects.toThrow('not signed by an owner');
    // It may have signed others with the same version.
    for (const other of [older, signed({ version: 5, cameras: {} })]) {
      await writeFile(join(folder.path, 'sharing.json'), other);
      await expect(folder.read()).rejects.toThrow('a key that was forgotten');
    }
    await writeFile(join(folder.path, 'sharing.json'), signed({ version: 5 }));
    expect((await run('sharing set', { camera, mode: 'off' })).join('')).toContain('Version 6');
    await sharing.look();
    expect(sharing.mayBeSeen(camera)).toBe(false);
    await sharing.close();
  });

  test('SHR14 a key that is paired again counts again', async () => {
    await run('owner pair');
    await run('owner pair', { key: publicText });
    await folder.accept(signed({ version: 5 }));
    await run('owner forget', { key: publicText });
    await run('owner pair', { key: publicText });
    await folder.accept(signed({ version: 6 }));
    expect(await folder.read()).toMatchObject({ document: { version: 6 } });
  });

  test('SHR11 masks outlast every change of the rules, and go by --clear alone', async () => {
    await run('owner pair');
    const polygon = ['0,0 0.5,0 0.5,0.5'];
    await expect(run('sharing mask', { camera, polygon, size: '640x360' })).rejects.toThrow(`no camera ${camera}`);
    const cameras = JSON.stringify({ cameras: { [camera]: {}, [relayId]: {} } });
    await writeFile(join(relayFolder, 'cameras.json'), cameras, { mode: 0o600 });
    await run('sharing mask', { camera: camera.toUpperCase(), polygon, size: '640x360' });
    await run('sharing mask', { camera: relayId, polygon: [...polygon, '1,1 0.9,1 1,0.9'], size: '640x360' });
    await run('sharing set', { camera, mode: 'always' });
    await run('sharing set', { all: true, mode: 'always' });
    const sharing = await open();
    expect([camera, relayId].map((id) => sharing.masksOf(id))).toEqual([
      { ...size, polygons: [triangle] },
      { ...size, polygons: [triangle, expect.anything()] },
    ]);
    expect((await run('sharing show')).join('\n')).toContain(
      `${relayId}  Masks: 2. --size 640x360 --polygon "0,0 0.5,0 0.5,0.5" --polygon "1,1 0.9,1 1,0.9"`,
    );
    await run('sharing mask', { camera, clear: true });
    await sharing.look();
    expect([camera, relayId].map((id) => sharing.masksOf(id))).toEqual([null, expect.anything()]);
    expect(await run('sharing mask', { camera: relayId, clear: true })).toHaveLength(1);
    expect(await documentKept()).not.toHaveProperty('masks');
    await writeFile(join(folder.path, 'sharing.json'), '{');
    await sharing.look();
    expect(sharing.masksOf(camera)).toBe('unknown');
    await sharing.close();
  });

  test('SHR11 whoever masks a camera reads which others are at its address', async () => {
    await run('owner pair');
    const third = '019b8d3c-0000-7000-8000-000000000003';
    const cameras = { [camera]: { host: 'yard' }, [relayId]: { host: 'YARD', port: 8554 }, [third]: { host: 'door' } };
    await writeFile(join(relayFolder, 'cameras.json'), JSON.stringify({ cameras }), { mode: 0o600 });
    const drawn = { polygon: ['0,0 0.5,0 0.5,0.5'], size: '640x360' };
    const lines = await run('sharing mask', { camera, ...drawn });
    expect(lines.join('\n')).toContain(`At the same address are also ${relayId}, with masks of their own`);
    expect((await run('sharing mask', { camera: third, ...drawn })).join('\n')).not.toContain('same address');
  });

  test('SHR11 no document lifts a mask without the owner’s signature, nor an older one with it', async () => {
    await run('owner pair');
    await run('owner pair', { key: publicText });
    const masks = { [camera]: { ...size, polygons: [triangle] } };
    await folder.accept(signed({ version: 5, masks }));
    const foreign = generateKeyPairSync('ed25519').privateKey;
    await expect(folder.accept(signed({ version: 6 }, foreign))).rejects.toThrow('not signed by an owner');
    await expect(folder.accept(signed({ version: 5 }))).rejects.toThrow('was accepted already');
    await expect(folder.accept(signed({ version: 4 }))).rejects.toThrow('was accepted already');
    const envelope = JSON.parse(signed({ version: 6, masks }));
    const { document } = JSON.parse(signed({ version: 6 }));
    await expect(folder.accept(JSON.stringify({ ...envelope, document }))).rejects.toThrow('not signed by an owner');
    expect((await folder.read()) as object).toMatchObject({ document: { version: 5, masks } });
    expect(() => signed({ masks: { [camera]: { ...size, polygons: [] } } })).toThrow(/./);
    await folder.accept(signed({ version: 6, replaces: await hashOfKept() }));
  });

  test('SHR11 a document that waited lifts no mask that was set meanwhile, and changes nothing that its signer did not see', async () => {
    await run('owner pair');
    await run('owner pair', { key: publicText });
    await folder.accept(signed({ version: 1 }));
    const seen = await hashOfKept();
    const cameras = JSON.stringify({ cameras: { [camera]: {} } });
    await writeFile(join(relayFolder, 'cameras.json'), cameras, { mode: 0o600 });
    await run('sharing mask', { camera, polygon: ['0,0 0.5,0 0.5,0.5'], size: '640x360' });
    // Both have a higher version than the mask's, as the second change that waits has.
    for (const replaces of [undefined, seen]) {
      const waited = signed({ version: 7, ...(replaces === undefined ? {} : { replaces }) });
      await expect(folder.accept(waited)).rejects.toThrow(SharingConflictError);
    }
    const sharing = await open();
    expect(sharing.masksOf(camera)).toMatchObject({ polygons: [triangle] });
    await sharing.close();
    const { masks = {} } = await documentKept();
    await folder.accept(signed({ version: 7, masks }));
    await folder.accept(signed({ version: 8, replaces: await hashOfKept() }));
    await run('sharing set', { camera, mode: 'off' });
    const before = await hashOfKept();
    await run('sharing set', { all: true, mode: 'off' });
    await expect(folder.accept(signed({ version: 20, replaces: before }))).rejects.toThrow('changed at the relay');
  });

  test('SHR14 what a forgotten key has signed can be replaced at the console, and keeps its masks and its upload limit', async () => {
    await run('owner pair');
    await run('owner pair', { key: publicText });
    const restricted = {
      masks: { [camera]: { ...size, polygons: [triangle] } },
      upload: { mostKilobitsPerSecond: 4_000 },
    };
    await folder.accept(signed({ version: 5, ...restricted }));
    const newer = signed({ version: 8, ...restricted });
    await run('owner forget', { key: publicText });
    await writeFile(join(folder.path, 'sharing.json'), newer);
    await expect(folder.read()).rejects.toThrow('a key that was forgotten');
    expect((await run('sharing set', { camera: relayId, mode: 'always' })).join('')).toContain('Version 9');
    const kept = await documentKept();
    expect(kept).toMatchObject({ ...restricted, cameras: { [relayId]: { mode: 'always' } } });
    expect(Object.keys(kept.cameras)).toEqual([relayId]);
  });

  test('SHR14 a key is forgotten before or after a document is accepted, and never in between', async () => {
    await run('owner pair');
    await run('owner pair', { key: publicText });
    await folder.accept(signed({ version: 1 }));
    for (let version = 2; version < 12; version += 1) {
      const other = new SharingFolder(relayFolder, relayId);
      await Promise.allSettled([folder.accept(signed({ version })), other.forget(publicText)]);
      expect(await folder.read()).toMatchObject({ is: 'paired' });
      await folder.pair(publicText);
    }
    expect(await readdir(folder.path)).not.toContain('lock');
  });

  test('of two owner’s keys that are made at once one is kept, with its private half', async () => {
    const made = await Promise.allSettled([run('owner pair'), run('owner pair')]);
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await run('owner list')).toEqual([expect.stringContaining('made at this console')]);
  });
});
