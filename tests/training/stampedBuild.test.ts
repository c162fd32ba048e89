import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureBuilt, hashSources, type StampedBuild } from './stampedBuild.ts';

let folder: string;
let builds: number;
let plan: StampedBuild;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
  mkdirSync(join(folder, 'client/src'), { recursive: true });
  writeFileSync(join(folder, 'client/src/main.ts'), 'one');
  builds = 0;
  plan = {
    sources: [join(folder, 'client')],
    output: join(folder, 'client/dist'),
    workshop: join(folder, 'workshop'),
    lockFile: join(folder, 'lock'),
    onWait: () => {},
    build: (workshop) => {
      builds += 1;
      mkdirSync(workshop);
      writeFileSync(join(workshop, 'index.html'), readFileSync(join(folder, 'client/src/main.ts')));
      return Promise.resolve();
    },
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

test('it builds once, and again when a source changes', async () => {
  await ensureBuilt(plan);
  await ensureBuilt(plan);
  expect(builds).toBe(1);
  writeFileSync(join(folder, 'client/src/main.ts'), 'two');
  await ensureBuilt(plan);
  expect(builds).toBe(2);
  expect(readFileSync(join(folder, 'client/dist/index.html'), 'utf8')).toBe('two');
});

test('what is no source changes nothing: the output, dependencies and tests', () => {
  const hash = hashSources(plan.sources);
  for (const path of ['client/dist/a.js', 'client/node_modules/b.js', 'client/src/main.test.ts']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  expect(hashSources(plan.sources)).toBe(hash);
  writeFileSync(join(folder, 'client/src/added.ts'), '');
  expect(hashSources(plan.sources)).not.toBe(hash);
});

test('two at once build once', async () => {
  await Promise.all([ensureBuilt(plan), ensureBuilt(plan)]);
  expect(builds).toBe(1);
});

test('a failed build keeps the last output and is tried again', async () => {
  await ensureBuilt(plan);
  writeFileSync(join(folder, 'client/src/main.ts'), 'two');
  await expect(ensureBuilt({ ...plan, build: () => Promise.reject(new Error('no')) })).rejects.toThrow('no');
  expect(existsSync(join(folder, 'client/dist/index.html'))).toBe(true);
  await ensureBuilt(plan);
  expect(builds).toBe(2);
});
