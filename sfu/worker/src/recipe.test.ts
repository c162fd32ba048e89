import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheFolder } from './cacheFolder.ts';
import { cachedWorkerPath, hashFolder, installedMediasoup, systemRelease } from './recipe.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the hash of a folder changes with a name and with a byte', () => {
  writeFileSync(join(folder, 'a'), 'one');
  const first = hashFolder(folder);
  expect(hashFolder(folder)).toBe(first);
  writeFileSync(join(folder, 'a'), 'two');
  const second = hashFolder(folder);
  expect(second).not.toBe(first);
  rmSync(join(folder, 'a'));
  writeFileSync(join(folder, 'b'), 'two');
  expect(hashFolder(folder)).not.toBe(second);
});

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n', 'debian-12'],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', 'ubuntu-24.04'],
  ['ID=debian\n', 'debian-rolling'],
  ['', 'linux-rolling'],
])('the release of the system is read from os-release', (text, expected) => {
  expect(systemRelease(text)).toBe(expected);
});

test('the cache folder is the named one, else the desktop standard, else in the home folder', () => {
  expect(cacheFolder({ COMMONSIGHT_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x' })).toBe('/c');
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/commonsight');
  expect(cacheFolder({})).toMatch(/\/\.cache\/commonsight$/);
});

test('the path of the worker names the mediasoup version and the processor', () => {
  const path = cachedWorkerPath({ COMMONSIGHT_CACHE_DIR: '/c' });
  expect(path).toMatch(/^\/c\/mediasoup-worker\/.*\/mediasoup-worker$/);
  expect(path).toContain(installedMediasoup().version);
  expect(path).toContain(process.arch);
});
