import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FAULTS } from './faults.ts';

it('checks every fault by its name', async () => {
  const files = ['mediaFaults.test.ts', 'protocolFaults.test.ts'].map((file) => join(import.meta.dirname, file));
  const tests = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
  const checked = [...tests.matchAll(/ {2}it\('(\w+)',/g)].map(([, name]) => name);
  expect(new Set(checked)).toEqual(new Set(Object.keys(FAULTS)));
  expect(checked).toHaveLength(Object.keys(FAULTS).length);
});

it('says of every fault what it stands for', () => {
  for (const { standsFor } of Object.values(FAULTS)) expect(standsFor).toMatch(/^[A-Z].{30,}\.$/);
});
