import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { markUsed } from './markUsed.ts';

it('removes clips of other versions that nobody used for two weeks, and nothing else', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'clips-'));
  const [own, old, recent, foreign] = ['0123456789abcdef', 'aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'somebody-else'];
  for (const name of [own, old, recent, foreign]) await mkdir(join(cache, name));
  for (const name of ['unfinished-1', 'unfinished-2']) await mkdir(join(cache, own, name));
  const longAgo = new Date(Date.now() - 15 * 24 * 3600 * 1000);
  for (const name of [own, old, foreign, join(own, 'unfinished-1')]) await utimes(join(cache, name), longAgo, longAgo);
  await markUsed(join(cache, own));
  expect(new Set(await readdir(cache))).toEqual(new Set([own, recent, foreign]));
  expect(await readdir(join(cache, own))).toEqual(['unfinished-2']);
  await rm(cache, { recursive: true });
});
