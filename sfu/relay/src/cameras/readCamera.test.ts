import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCamera } from './readCamera.ts';

const id = '019b8d3c-0000-7000-8000-000000000002';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFile(join(folder, 'cameras.json'), text, { mode: 0o600 });
const writeCamera = (camera: unknown) => write(JSON.stringify({ cameras: { [id]: camera } }));
const camera = { host: '10.0.0.7', streams: { main: '/main', sub: '/sub?channel=1' } };

describe('readCamera', () => {
  test('gives the address of one stream, and hides the password', async () => {
    await writeCamera({ ...camera, port: 8554, username: 'viewer', password: 'p%#1', transport: 'udp' });
    const address = await readCamera(folder, id, 'sub');
    expect(address).toMatchObject({ host: '10.0.0.7', port: 8554, path: '/sub?channel=1', transport: 'udp' });
    expect(address.password?.reveal()).toBe('p%#1');
    expect(inspect(address) + JSON.stringify(address)).not.toContain('p%#1');
  });

  test('has defaults', async () => {
    await writeCamera(camera);
    expect(await readCamera(folder, id, 'main')).toMatchObject({ port: 554, transport: 'auto', username: undefined });
    expect((await readCamera(folder, id, 'main')).isDigestOnly).toBe(false);
    await writeCamera({ ...camera, auth: 'digest' });
    expect((await readCamera(folder, id, 'main')).isDigestOnly).toBe(true);
    await writeCamera({ ...camera, username: 'viewer' });
    expect((await readCamera(folder, id, 'main')).password?.reveal()).toBe('');
  });

  test.each([
    ['without the camera', '{"cameras":{}}', 'no address'],
    [
      'without the stream',
      JSON.stringify({ cameras: { [id]: { ...camera, streams: { main: '/main' } } } }),
      'no address',
    ],
    ['that is no JSON', '{"cameras": password', 'not valid JSON'],
    ['of another form', '[]', 'mistake'],
  ])('says that a stream is not configured, with a file %s', async (_, text, words) => {
    await write(text);
    await expect(readCamera(folder, id, 'sub')).rejects.toMatchObject({
      fault: 'notConfigured',
      message: expect.stringContaining(words),
    });
  });

  test.each([0o640, 0o604, 0o620, 0o610])('uses no file that others can open (mode %o)', async (mode) => {
    await writeCamera(camera);
    await chmod(join(folder, 'cameras.json'), mode);
    await expect(readCamera(folder, id, 'main')).rejects.toMatchObject({
      fault: 'notConfigured',
      message: expect.stringContaining('Run chmod 600 cameras.json'),
    });
    await chmod(join(folder, 'cameras.json'), 0o400);
    expect(await readCamera(folder, id, 'main')).toMatchObject({ host: '10.0.0.7' });
  });

  test('says so without a file', async () => {
    await expect(readCamera(folder, id, 'sub')).rejects.toMatchObject({ fault: 'notConfigured' });
  });

  test.each([
    ['host', { ...camera, host: '10.0.0.7\r\nX: 1' }],
    ['streams.sub', { ...camera, streams: { sub: 'sub' } }],
    ['streams.main', { ...camera, streams: { main: '/a b', sub: '/sub' } }],
    ['port', { ...camera, port: 70_000 }],
    ['auth', { ...camera, auth: 'basic' }],
  ])('names the wrong key %s and not its value', async (key, wrong) => {
    await writeCamera(wrong);
    await expect(readCamera(folder, id, 'sub')).rejects.toThrow(`mistake. ${key}:`);
  });
});
