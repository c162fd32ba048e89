import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolderTurn } from './inFolderTurn.ts';

const hourSeconds = 3_600;
let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'turn-'));
  lock = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the turn in a process of its own, which is killed in the middle of it. */
async function killHolder(): Promise<void> {
  const module = new URL('inFolderTurn.ts', import.meta.url).href;
  const script = `import { inFolderTurn } from ${JSON.stringify(module)};
    await inFolderTurn(${JSON.stringify(folder)}, async () => {
      console.log('held');
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  await once(holder, 'close');
}

test('one act after the other', async () => {
  let running = 0;
  const most = await Promise.all(
    Array.from({ length: 5 }, () =>
      inFolderTurn(folder, async () => {
        running += 1;
        const now = running;
        await writeFile(join(folder, 'act'), 'x');
        running -= 1;
        return now;
      }),
    ),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
  expect(await readdir(folder)).toEqual(['act']);
});

test.each([
  ['in the past', -hourSeconds],
  ['in the future, by a clock that was set back since', hourSeconds],
])('a lock of a process that was killed is taken away: %s', async (_, seconds) => {
  await killHolder();
  expect(await readFile(lock, 'utf8')).not.toBe('');
  const atSeconds = Date.now() / 1_000 + seconds;
  await utimes(lock, atSeconds, atSeconds);
  expect(await inFolderTurn(folder, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});
