import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { registrantLanguageSchema } from '@commonsight/types/registration';
import { expect, test } from 'vitest';

test('every language that the contract names is one folder, with the same files', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(registrantLanguageSchema.options.toSorted());
  const files = folders.map(({ name }) => readdirSync(join(import.meta.dirname, name)).toSorted());
  for (const each of files) expect(each).toEqual(files[0]);
});
