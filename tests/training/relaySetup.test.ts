import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureEnrolled, writeRelayCameras } from './relaySetup.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('each camera is found under its number, in a file for the relay alone', async () => {
  await writeRelayCameras(folder, [{ id: 'c-7', number: 7, name: 'Loading dock 2' }], { port: 8654, password: 'p' });
  const path = join(folder, 'cameras.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    cameras: {
      'c-7': {
        host: '127.0.0.1',
        port: 8654,
        username: 'viewer',
        password: 'p',
        transport: 'tcp',
        streams: { main: '/cam7/main', sub: '/cam7/sub' },
      },
    },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a relay that is enrolled needs no second code, and follows the server to another port', async () => {
  const path = join(folder, 'relay.json');
  writeFileSync(path, '{"serverUrl":"http://127.0.0.1:1/","deviceKey":"k"}');
  const createCode = () => Promise.reject(new Error('asked for a code'));
  await ensureEnrolled({ folder, serverUrl: 'http://127.0.0.1:1', createCode, env: {} });
  expect(readFileSync(path, 'utf8')).toBe('{"serverUrl":"http://127.0.0.1:1/","deviceKey":"k"}');
  await ensureEnrolled({ folder, serverUrl: 'http://127.0.0.1:2', createCode, env: {} });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ serverUrl: 'http://127.0.0.1:2', deviceKey: 'k' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
