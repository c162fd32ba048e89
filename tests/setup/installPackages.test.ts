import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aptReason, keepServicesStopped } from './installPackages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("apt's reason is its error lines, or the last lines where it has none", () => {
  expect(aptReason('Reading package lists...\nE: Unable to locate package nonesuch\n')).toBe(
    'Unable to locate package nonesuch',
  );
  expect(aptReason('apt-get failed:\nspawn apt-get ENOENT')).toBe('apt-get failed: spawn apt-get ENOENT');
});

test('services are refused while we install, and no longer', () => {
  const file = join(folder, 'policy');
  const allow = keepServicesStopped(file, process.pid);
  expect(spawnSync(file).status).toBe(101);
  allow();
  expect(existsSync(file)).toBe(false);
});

test('a script that was left by a killed process allows the service and removes itself', () => {
  const file = join(folder, 'policy');
  const ended = spawnSync('true');
  keepServicesStopped(file, ended.pid);
  expect(spawnSync(file).status).toBe(0);
  expect(existsSync(file)).toBe(false);
});

test("a machine's own script stays as it is", () => {
  const file = join(folder, 'policy');
  writeFileSync(file, 'own');
  keepServicesStopped(file, process.pid)();
  expect(readFileSync(file, 'utf8')).toBe('own');
});
