import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CheckpointFiles } from './CheckpointFiles.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'commonsight-checkpoints-'));
});

afterAll(() => rm(dataDir, { recursive: true }));

test('a checkpoint is kept whole, and nothing else beside it', async () => {
  const files = new CheckpointFiles(dataDir);
  expect(await files.read('a')).toBeNull();
  await files.write('a', 'first');
  await files.write('a', 'second');
  expect(await files.read('a')).toBe('second');
  expect(await files.list()).toEqual(['a']);
});

test('two servers on one folder do not take the draft away from each other', async () => {
  const [first, second] = [new CheckpointFiles(dataDir), new CheckpointFiles(dataDir)];
  const notes = Array.from({ length: 40 }, (_, index) => `note ${index} ${'x'.repeat(2_000)}`);
  await Promise.all(notes.map((note, index) => (index % 2 === 0 ? first : second).write('b', note)));
  expect(notes).toContain(await first.read('b'));
  expect(await readdir(join(dataDir, 'log'))).toEqual(['a.checkpoint', 'b.checkpoint']);
});
