import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CameraEntry, writeCamera } from './writeCamera.ts';

const id = (number: number) => `019b8d3c-0000-7000-8000-00000000000${number}`;
const entry = (host: string, main = '/main', port = 554): CameraEntry => ({
  host,
  port,
  username: undefined,
  password: undefined,
  transport: 'auto',
  streams: { main },
});
const addresses: Record<string, readonly string[]> = {
  'yard.local': ['10.0.0.7'],
  '10.0.0.7': ['10.0.0.7'],
  '::ffff:10.0.0.7': ['::ffff:10.0.0.7'],
  'door.local': ['10.0.0.8', 'fe80::8'],
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (cameraId: string, camera: CameraEntry) =>
  writeCamera(folder, cameraId, camera, (host) => Promise.resolve(addresses[host] ?? []));

test.each(['10.0.0.7', 'YARD.local', '::ffff:10.0.0.7'])(
  'SHR10 a stream does not become a second camera by %s, where masks and rules would not find it',
  async (host) => {
    await write(id(1), entry('yard.local'));
    await expect(write(id(2), entry(host))).rejects.toMatchObject({ code: 'conflict' });
  },
);

test('other paths, ports and hosts are other cameras, as is a host that is not found', async () => {
  await write(id(1), entry('yard.local'));
  await write(id(2), entry('yard.local', '/channel/2'));
  await write(id(3), entry('10.0.0.7', '/main', 8554));
  await write(id(4), entry('door.local'));
  await write(id(5), entry('gone.local'));
  const { cameras } = JSON.parse(await readFile(join(folder, 'cameras.json'), 'utf8'));
  expect(Object.keys(cameras)).toEqual([1, 2, 3, 4, 5].map(id));
});
