import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder } from './dataFolder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder belongs to one instance until it is released', async () => {
  const claim = await claimDataFolder(join(folder, 'deep/data'));
  await expect(claimDataFolder(join(folder, 'deep/data'))).rejects.toThrow(
    `Another Commonsight is running on the data folder ${folder}/deep/data.`,
  );
  await claim.release();
  const next = await claimDataFolder(join(folder, 'deep/data'));
  await next.release();
});

test('a folder that cannot be made or written is one sentence with the setting that changes it', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(claimDataFolder(file)).rejects.toThrow(/^The data folder .* cannot be written .*COMMONSIGHT_DATA_DIR/);
  await expect(claimDataFolder('/proc/data')).rejects.toThrow('The data folder /proc/data cannot be written');
});
