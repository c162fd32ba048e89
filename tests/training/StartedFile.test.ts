import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartedFile, type StartedStack } from './StartedFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'started-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stack: StartedStack = {
  url: 'http://localhost:8080',
  wallUrl: 'http://localhost:8080/wall/1',
  users: [{ role: 'analyst', email: 'a@example.org', password: 'secret-1' }],
  pids: { redis: 1, server: 2, sfu: 3, cameras: 4, relay: 5 },
};

test('it holds what was written last, is for its owner alone, and leaves nothing beside it', async () => {
  const path = join(folder, 'run/started.json');
  const file = new StartedFile(path);
  await Promise.all([file.write(stack), file.write({ ...stack, pids: { ...stack.pids, server: 9 } })]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...stack, pids: { ...stack.pids, server: 9 } });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'run'))).toEqual(['started.json']);
});

test('after it was removed nothing that was under way brings it back', async () => {
  const path = join(folder, 'started.json');
  const file = new StartedFile(path);
  const written = file.write(stack);
  await file.remove();
  await written;
  expect(existsSync(path)).toBe(false);
  await file.remove();
});
