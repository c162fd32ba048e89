import { expect, test } from 'vitest';
import { linkTargets } from './rules/links.ts';
import { breach, type RepositoryFile, repositoryFiles, repositoryPaths } from './rules/repositoryFiles.ts';

/** What looks like a path of the repository, between backticks. One that begins with a setting, as DATA_DIR, is of a machine. */
const pathPattern = /`([a-z.@][\w.@-]*(?:\/[\w.@-]+)+)`/g;

function missingPaths(file: RepositoryFile, paths: ReadonlySet<string>): string[] {
  return [...file.text.matchAll(pathPattern)].flatMap((match) =>
    paths.has(match[1] ?? '') ? [] : [breach(file, match.index, `names ${match[1]}, which is not there`)],
  );
}

/** The first cells of the tables' rows. */
function rowsOf(text: string): string[] {
  return [...text.matchAll(/^\| ([^|]+?) \|/gm)].map((match) => match[1] ?? '');
}

const { paths } = linkTargets(repositoryPaths(), []);
const documents = repositoryFiles('SECURITY.md', 'server/CONTROLS.md');

test('what SECURITY.md and the controls name is there', () => {
  expect(documents).toHaveLength(2);
  expect(documents.flatMap((file) => missingPaths(file, paths))).toEqual([]);
  const named = documents.flatMap(({ text }) => [...text.matchAll(pathPattern)]);
  expect(named.length).toBeGreaterThan(80);
});

test('a path that is gone is found', () => {
  const file = {
    path: 'SECURITY.md',
    text: '| x | `server/src/gone.test.ts`, `pnpm faults audit`, `/api/health`, `DATA_DIR/keys`, `tests/repo` |',
  };
  expect(missingPaths(file, paths)).toHaveLength(1);
});

const cjis = ['AC-7', 'AC-11', 'AC-12', 'IA-2', 'IA-5', 'SC-8', 'SC-28'];
const audit = Array.from({ length: 11 }, (_, at) => `AU-${at + 2}`);
const files = [
  '5.1.1',
  '5.2.1',
  '5.2.2',
  '5.2.3',
  '5.2.4',
  '5.2.5',
  '5.2.6',
  '5.3.1',
  '5.3.2',
  '5.3.3',
  '5.4.1',
  '5.4.2',
  '5.4.3',
];
const webRtc = [
  '17.1.1',
  '17.1.2',
  '17.2.1',
  '17.2.2',
  '17.2.3',
  '17.2.4',
  '17.2.5',
  '17.2.6',
  '17.2.7',
  '17.2.8',
  '17.3.1',
  '17.3.2',
];

test.each([...cjis, ...audit, ...webRtc, ...files])('%s stands in the table once', (control) => {
  const table = documents.find(({ path }) => path === 'server/CONTROLS.md');
  const rows = rowsOf(table?.text ?? '').filter((row) => ` ${row} `.includes(` ${control} `));
  expect(rows).toHaveLength(1);
});
