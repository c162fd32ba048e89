import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CameraEntry, writeCamera } from './writeCamera.ts';

const id = (number: number) => `019b8d3c-0000-7000-8000-00000000000${number}`;
const entry = (host: string, main = '/main', port = 554): CameraEntry => ({
  host,
  port,
  username: undefined,
  password: undefined,
  transport: 'auto',
  streams: { main },
  tested: { main: null, sub: null },
});
const addresses: Record<string, readonly string[]> = {
  'yard.local': ['10.0.0.7'],
  '10.0.0.7': ['10.0.0.7'],
  '::ffff:10.0.0.7': ['::ffff:10.0.0.7'],
  'door.local': ['10.0.0.8', 'fe80::8'],
  '10.0.0.8': ['10.0.0.8'],
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const findAddresses = (host: string) => Promise.resolve(addresses[host] ?? []);
const write = (cameraId: string, camera: CameraEntry) =>
  writeCamera(folder, cameraId, camera, { awaitsAs: null, findAddresses });
const writeOverLink = (cameraId: string, camera: CameraEntry, masked: readonly string[] = []) =>
  writeCamera(folder, cameraId, camera, {
    awaitsAs: cameraId,
    findAddresses,
    isMasked: (keptId) => masked.includes(keptId),
  });

test.each(['10.0.0.7', 'YARD.local', '::ffff:10.0.0.7'])(
  'SHR11 a stream does not become a second camera by %s, where masks and rules would not find it',
  async (host) => {
    await write(id(1), entry('yard.local'));
    await expect(write(id(2), entry(host))).rejects.toMatchObject({ code: 'conflict' });
  },
);

test.each(['/main/', '//main', '/%6dain', '/x/../main', '/main?', '/main#x'])(
  'SHR11 nor by %s, which is the same path',
  async (path) => {
    await write(id(1), entry('yard.local'));
    await expect(write(id(2), entry('10.0.0.7', path))).rejects.toMatchObject({ code: 'conflict' });
  },
);

test('other paths, ports and hosts are other cameras, as is at the console a host that is not found', async () => {
  await write(id(1), entry('yard.local'));
  await write(id(2), entry('yard.local', '/channel/2'));
  await write(id(3), entry('10.0.0.7', '/main', 8554));
  await write(id(4), entry('door.local'));
  await write(id(5), entry('gone.local'));
  const { cameras } = JSON.parse(await readFile(join(folder, 'cameras.json'), 'utf8'));
  expect(Object.keys(cameras)).toEqual([1, 2, 3, 4, 5].map(id));
});

describe('SHR11 over the link a camera of which something is hidden gets no second id', () => {
  test.each([
    ['its path', entry('10.0.0.7')],
    ['a query', entry('10.0.0.7', '/main?x')],
    ['another profile', entry('10.0.0.7', '/third')],
    ['another port', entry('10.0.0.7', '/main', 8554)],
    ['another name', entry('yard.local', '/third')],
    ['a mapped address', entry('::ffff:10.0.0.7', '/third')],
  ])('by %s', async (_, camera) => {
    await write(id(1), entry('yard.local'));
    await expect(writeOverLink(id(2), camera, [id(1)])).rejects.toMatchObject({ code: 'conflict' });
    // Whoever stands at the relay may.
    if (camera.streams.main !== '/main') await write(id(2), camera);
  });

  test('by a name that is not found while it is compared, its own or that of the camera', async () => {
    await write(id(1), entry('gone.local', '/first'));
    await expect(writeOverLink(id(2), entry('10.0.0.7'), [id(1)])).rejects.toThrow('Add it at the relay');
    await write(id(3), entry('yard.local'));
    await expect(writeOverLink(id(4), entry('elsewhere.local', '/third'), [id(3)])).rejects.toThrow('at the relay');
    // Of both it is known where they are, or that they have no stream in common.
    await writeOverLink(id(4), entry('10.0.0.8'), [id(3)]);
  });

  test('and one of which nothing is hidden none for the same stream', async () => {
    await write(id(1), entry('yard.local'));
    await write(id(2), entry('gone.local', '/second'));
    for (const camera of [entry('10.0.0.7', '/main/'), entry('10.0.0.8', '/second')]) {
      await expect(writeOverLink(id(3), camera)).rejects.toMatchObject({ code: 'conflict' });
    }
    await writeOverLink(id(3), entry('10.0.0.7', '/channel/2'));
    const { cameras } = JSON.parse(await readFile(join(folder, 'cameras.json'), 'utf8'));
    expect(Object.keys(cameras)).toEqual([1, 2, 3].map(id));
  });
});
