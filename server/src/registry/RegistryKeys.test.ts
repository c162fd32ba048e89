import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegistryKeys } from './RegistryKeys.ts';

let dataDir: string;
let keys: RegistryKeys;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'commonsight-registry-'));
  keys = await RegistryKeys.create(dataDir);
});

afterAll(() => rm(dataDir, { recursive: true }));

const keyFile = (folder: string) => join(folder, 'keys', 'registry.key');

test('what is sealed opens with the key file, for the same registration alone', async () => {
  const [one, other] = ['one', 'other'].map((id) => ({ id, wrappedKey: keys.makeWrappedKey(id) }));
  if (one === undefined || other === undefined) throw new Error('There are two.');
  const sealed = keys.seal(one, 'Ñandú 12');
  expect(sealed).not.toBe(keys.seal(one, 'Ñandú 12'));
  expect((await RegistryKeys.create(dataDir)).open(one, sealed)).toBe('Ñandú 12');
  expect(() => keys.open(other, sealed)).toThrow('unable to authenticate');
  expect(() => keys.open({ ...one, id: 'other' }, sealed)).toThrow('unable to authenticate');
  expect(() => keys.open(one, `AAAA${sealed.slice(4)}`)).toThrow('unable to authenticate');
  expect((await stat(keyFile(dataDir))).mode & 0o777).toBe(0o600);
});

test('another server’s key opens nothing and hashes otherwise; letters of a mail address do not matter', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-registry-'));
  const others = await RegistryKeys.create(folder);
  const one = { id: 'one', wrappedKey: keys.makeWrappedKey('one') };
  expect(() => others.open(one, keys.seal(one, 'x'))).toThrow('unable to authenticate');
  expect(keys.emailHashOf(' A@Test.example ')).toBe(keys.emailHashOf('a@test.example'));
  expect(others.emailHashOf('a@test.example')).not.toBe(keys.emailHashOf('a@test.example'));
  await writeFile(keyFile(folder), 'c2hvcnQ=');
  await expect(RegistryKeys.create(folder)).rejects.toThrow('is damaged');
  await rm(folder, { recursive: true });
});
