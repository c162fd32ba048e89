import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from './lockFolder.ts';

let folder: string;
let other: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-lock-'));
});

afterEach(async () => {
  if (other !== null && other.exitCode === null && other.kill('SIGKILL')) await once(other, 'exit');
  other = null;
  for (const path of [folder, `${folder}.lock`, `${folder}.holder`]) await rm(path, { recursive: true, force: true });
});

const noLoss = (error: Error) => {
  throw error;
};

/** Another process that holds the lock until it is killed. */
async function holdElsewhere(): Promise<ChildProcess> {
  const program = `
    import { lockFolder } from ${JSON.stringify(new URL('./lockFolder.ts', import.meta.url).href)};
    await lockFolder(${JSON.stringify(folder)}, () => process.exit(1));
    process.stdout.write('held');
    setInterval(() => undefined, 1_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  other = child;
  await once(child.stdout, 'data');
  return child;
}

test('a folder that another process holds is refused, with its pid', async () => {
  const child = await holdElsewhere();
  const taken = lockFolder(folder, noLoss);
  await expect(taken).rejects.toBeInstanceOf(FolderInUseError);
  await expect(taken).rejects.toThrow(
    `The data folder ${folder} is in use by another Commonsight server (pid ${child.pid}).`,
  );
});

test('a holder that was killed does not keep the folder', async () => {
  const child = await holdElsewhere();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockFolder(folder, noLoss);
  await expect(lock.release()).resolves.toBeUndefined();
});

test('a holder of the same pid that started at another time is dead', async () => {
  await holdElsewhere();
  const holder = { pid: process.pid, startedAt: '1', host: hostname() };
  await writeFile(`${folder}.holder`, JSON.stringify(holder));
  const lock = await lockFolder(folder, noLoss);
  await expect(lock.release()).resolves.toBeUndefined();
});

test('a holder on another host counts as alive while its lock is fresh', async () => {
  await holdElsewhere();
  await writeFile(`${folder}.holder`, JSON.stringify({ pid: 1, startedAt: '1', host: 'elsewhere.example' }));
  await expect(lockFolder(folder, noLoss)).rejects.toThrow('is in use by another Commonsight server (pid 1).');
});

test('released, it can be taken again; releasing twice is no error', async () => {
  const first = await lockFolder(folder, noLoss);
  await first.release();
  await first.release();
  const second = await lockFolder(folder, noLoss);
  await second.release();
  expect(first).not.toBe(second);
});
