import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FootageKeys } from './footage/FootageKeys.ts';
import { newId } from './ids.ts';
import { RegistryKeys } from './registry/RegistryKeys.ts';
import { openBytes } from './sealBytes.ts';
import { SiteCardKeys } from './site-card/SiteCardKeys.ts';
import { WrappedKeys } from './WrappedKeys.ts';

const master = randomBytes(32);
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'commonsight-keys-'));
  await mkdir(join(dataDir, 'keys'));
  for (const name of ['site-cards', 'footage', 'registry']) {
    await writeFile(join(dataDir, 'keys', `${name}.key`), master.toString('base64'));
  }
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('a wrapped key is opened for its record and under its labels alone', () => {
  const keys = new WrappedKeys(master, { use: 'a test', about: 'record' });
  const [id, other] = [newId(), newId()];
  const wrappedKey = keys.make(id);
  expect(keys.unwrap({ id, wrappedKey })).toHaveLength(32);
  expect(keys.make(id)).not.toBe(wrappedKey);
  expect(() => keys.unwrap({ id: other, wrappedKey })).toThrow('authenticate');
  for (const labels of [
    { use: 'another test', about: 'record' },
    { use: 'a test', about: 'card' },
  ]) {
    expect(() => new WrappedKeys(master, labels).unwrap({ id, wrappedKey })).toThrow('authenticate');
  }
});

test.each([
  ['commonsight site card wrapping', 'site card', SiteCardKeys],
  ['commonsight footage wrapping', 'case', FootageKeys],
  ['commonsight registry wrapping', 'key', RegistryKeys],
] as const)('what an earlier version wrapped for %s is opened by this one', async (use, about, keysOf) => {
  const id = newId();
  const keys = await keysOf.create(dataDir);
  const wrapping = Buffer.from(hkdfSync('sha256', master, '', use, 32));
  expect(openBytes(wrapping, `${about} ${id}`, Buffer.from(keys.makeWrappedKey(id), 'base64'))).toHaveLength(32);
});
