import { expect, test } from 'vitest';
import { portableTextBreaches } from './rules/portableText.ts';
import { repositoryFiles, sourceFiles } from './rules/repositoryFiles.ts';
import { sizeBreaches } from './rules/sizes.ts';
import { disciplineBreaches } from './rules/testDiscipline.ts';

test('no source file is longer than it should be', () => {
  expect(sourceFiles().flatMap((file) => sizeBreaches(file))).toEqual([]);
});

test('a file that is too long is found, one with a reason passes, and a reason that is not needed is found', () => {
  const long = { path: 'server/src/a.ts', text: 'x\n'.repeat(501) };
  const reasons = { 'server/src/a.ts': 'a table' };
  expect(sizeBreaches(long, {})).toHaveLength(1);
  expect(sizeBreaches(long, reasons)).toEqual([]);
  expect(sizeBreaches({ ...long, text: 'x\n'.repeat(500) }, reasons)).toHaveLength(1);
});

test('no test is left out, and none runs alone', () => {
  expect(sourceFiles().flatMap(disciplineBreaches)).toEqual([]);
});

test.each([
  "test.skip('a', () => {});",
  "it.only('a', () => {});",
  "describe.skipIf(isSlow)('a', () => {});",
  "test.describe.only('a', () => {});",
  "test.each(rows).skip('a', () => {});",
  "xit('a', () => {});",
  'test.fixme();',
])('a test that is left out is found: %s', (text) => {
  expect(disciplineBreaches({ path: 'a.test.ts', text }).length).toBeGreaterThan(0);
});

test.each([
  "test('a', () => {});",
  "test.each(rows)('only %s', () => {});",
  "test.describe('skip', () => {});",
  'list.only(); reader.skip(4);',
])('an ordinary call is no breach: %s', (text) => {
  expect(disciplineBreaches({ path: 'a.test.ts', text })).toEqual([]);
});

test('nothing is written that is true on one machine only', () => {
  expect(repositoryFiles().flatMap(portableTextBreaches)).toEqual([]);
});

test.each([
  ['/home/', 'ada/commonsight'],
  ['/Users/', 'Ada/commonsight'],
  ['/wo', 'rk/main'],
  ['a sub', 'agent wrote this'],
  ['see shared/', 'STYLE.md'],
])('what is true on one machine only is found: %s%s', (start, end) => {
  expect(portableTextBreaches({ path: 'a.md', text: `x ${start}${end}` })).toHaveLength(1);
});

test.each([
  ['sfu/wo', 'rk/a client/home/b'],
  ['~/.ca', 'che'],
])('paths inside the project are no breach: %s%s', (start, end) => {
  expect(portableTextBreaches({ path: 'a.md', text: start + end })).toEqual([]);
});
