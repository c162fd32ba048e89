import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder } from './dataFolder.ts';
import { freePort } from './ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'up-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function runUp(env: NodeJS.ProcessEnv) {
  const port = String(await freePort());
  return spawnSync(process.execPath, [join(import.meta.dirname, 'up.ts')], {
    env: { ...process.env, PORT: port, COMMONSIGHT_DATA_DIR: folder, ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

test('a taken port is one sentence and a failure', async () => {
  const port = await freePort();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  const { status, stdout, stderr } = await runUp({ PORT: String(port) });
  holder.close();
  expect(stderr).toBe(
    `Port ${port} is taken by another program. End it, or set PORT to a free one: PORT=${port + 1} npm start\n`,
  );
  expect([status, stdout]).toEqual([1, '']);
});

test('a data folder that cannot be written is one sentence and a failure', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { status, stderr } = await runUp({ COMMONSIGHT_DATA_DIR: file });
  expect(stderr).toMatch(/^The data folder .*file cannot be written .*COMMONSIGHT_DATA_DIR to another\.\n$/);
  expect(status).toBe(1);
});

test('a data folder in use is one sentence and a failure', async () => {
  const claim = await claimDataFolder(folder);
  const { status, stderr } = await runUp({});
  await claim.release();
  expect(stderr).toMatch(/^Another Commonsight is running on the data folder .*\n$/);
  expect(status).toBe(1);
});

test('a wrong setting is one sentence that names it', async () => {
  const { status, stderr } = await runUp({ PORT: 'eighty' });
  expect(stderr).toMatch(/^The setting PORT is wrong: .*\n$/);
  expect(status).toBe(1);
});
