import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOnvifCamera } from './readOnvifCamera.ts';

const id = '019b8d3c-0000-7000-8000-000000000002';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const camera = { host: '10.0.0.7', streams: {} };
async function read(entry: unknown) {
  await writeFile(join(folder, 'cameras.json'), JSON.stringify({ cameras: { [id]: entry } }), { mode: 0o600 });
  return readOnvifCamera(folder, id);
}

test('an entry says where its device service is, or it is where nearly all are', async () => {
  expect(await read(camera)).toEqual({ host: '10.0.0.7', port: 80, credentials: undefined });
  const onvif = { port: 8080, path: '/onvif/device_service' };
  expect(await read({ ...camera, onvif })).toMatchObject({ port: 8080, path: '/onvif/device_service' });
});

test('a user without a password has an empty one, and a password without a user is nobody’s', async () => {
  const { credentials } = await read({ ...camera, username: 'viewer' });
  expect([credentials?.username, credentials?.password.reveal()]).toEqual(['viewer', '']);
  expect((await read({ ...camera, password: 'secret' })).credentials).toBeUndefined();
});

test('without an entry, or with a mistake in it, it is not configured', async () => {
  await expect(readOnvifCamera(folder, id)).rejects.toMatchObject({ fault: 'notConfigured' });
  const wrong = read({ ...camera, onvif: { port: 70_000 } });
  await expect(wrong).rejects.toMatchObject({ fault: 'notConfigured', message: expect.stringContaining('onvif.port') });
});
