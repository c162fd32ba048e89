import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readOrMakeSecretFile } from './keys.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('makes a secret once, for this user alone, and leaves no draft', async () => {
  const path = join(folder, 'keys', 'the.secret');
  let made = 0;
  const make = () => `secret ${(made += 1)}`;
  const secrets = await Promise.all([1, 2, 3, 4].map(() => readOrMakeSecretFile(path, make)));
  expect(new Set(secrets).size).toBe(1);
  expect(await readOrMakeSecretFile(path, make)).toBe(secrets[0]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'keys'))).toEqual(['the.secret']);
});

it('takes no empty file for a secret, and leaves none behind when making one fails', async () => {
  const path = join(folder, 'the.secret');
  const failing = () => {
    throw new Error('no randomness');
  };
  await expect(readOrMakeSecretFile(path, failing)).rejects.toThrow('no randomness');
  expect(await readdir(folder)).toEqual([]);
  await writeFile(path, '\n');
  await expect(readOrMakeSecretFile(path, () => 'secret')).rejects.toThrow('is empty');
});
