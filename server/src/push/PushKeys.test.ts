import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { PushKeys } from './PushKeys.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'commonsight-push-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const target = {
  endpoint: 'https://push.example.org/x',
  p256dh: Buffer.alloc(65, 4).toString('base64url'),
  auth: Buffer.alloc(16, 1).toString('base64url'),
};

test('PSH2 a subscription is opened by the next start, as itself and as no other', async () => {
  const first = await PushKeys.create(dataDir);
  const id = newId();
  const sealed = first.seal(id, { target, name: 'Phone' });
  const second = await PushKeys.create(dataDir);
  expect(second.open(id, sealed)).toEqual({ target, name: 'Phone' });
  expect(second.vapid).toEqual(first.vapid);
  expect(second.hashOf(target)).toBe(first.hashOf(target));
  expect(() => second.open(newId(), sealed)).toThrow(/./);
  const elsewhere = await mkdtemp(join(tmpdir(), 'commonsight-push-'));
  const stranger = await PushKeys.create(elsewhere);
  expect(() => stranger.open(id, sealed)).toThrow(/./);
  expect(stranger.hashOf(target)).not.toBe(first.hashOf(target));
  await rm(elsewhere, { recursive: true });
});

test('the keys are files that only their owner reads, and a damaged one is named', async () => {
  const { vapid } = await PushKeys.create(dataDir);
  expect(Buffer.from(vapid.publicKey, 'base64url')).toHaveLength(65);
  const path = join(dataDir, 'keys', 'push-vapid.key');
  for (const file of [path, join(dataDir, 'keys', 'push.key')]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toBe(vapid.privateKey);
  await writeFile(path, 'AAAA');
  await expect(PushKeys.create(dataDir)).rejects.toThrow('push-vapid.key is damaged');
});
