import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onceAcrossProcesses } from './onceAcrossProcesses.ts';

let folder: string;
let file: string;
let made: number;

async function make(): Promise<void> {
  made += 1;
  await writeFile(file, 'clip');
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'once-'));
  file = join(folder, 'clip');
  made = 0;
});

afterEach(async () => rm(folder, { recursive: true }));

describe('work that several processes want done', () => {
  it('is done once, and all wait for it', async () => {
    await Promise.all([onceAcrossProcesses(file, make), onceAcrossProcesses(file, make)]);
    await onceAcrossProcesses(file, make);
    expect(made).toBe(1);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is taken over from a process that died', async () => {
    // Process numbers end far below this one.
    await writeFile(`${file}.lock`, '999999999');
    await onceAcrossProcesses(file, make);
    expect(made).toBe(1);
  });

  it('is tried again by the next when it failed', async () => {
    await expect(onceAcrossProcesses(file, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    await onceAcrossProcesses(file, make);
    expect(made).toBe(1);
  });
});
