import { expect, test } from 'vitest';
import { anchorsOf, linkBreaches, linkTargets } from './rules/links.ts';
import { repositoryFiles, repositoryPaths } from './rules/repositoryFiles.ts';

test('every link between documents leads somewhere', () => {
  const documents = repositoryFiles('*.md');
  const targets = linkTargets(repositoryPaths(), documents);
  expect(documents.flatMap((file) => linkBreaches(file, targets))).toEqual([]);
});

/** Packages with folders of their own in `src/`, each named in the package's README. */
test.each(['server', 'client', 'sfu', 'sfu/relay'])('the README of %s names each of its folders', (folder) => {
  const [readme] = repositoryFiles(`${folder}/README.md`);
  const names = new Set<string>();
  for (const path of repositoryPaths()) {
    const [name, rest] = path.startsWith(`${folder}/src/`) ? path.slice(folder.length + 5).split('/') : [];
    if (name !== undefined && rest !== undefined) names.add(name);
  }
  expect(names.size).toBeGreaterThan(5);
  expect([...names].filter((name) => !new RegExp(`[\`/]${name}[\`/]`).test(readme?.text ?? ''))).toEqual([]);
});

const guide = { path: 'docs/guide.md', text: '# Start here\n\n## A & B\n' };
const targets = linkTargets(['README.md', 'docs/guide.md', 'docs/wall.png'], [guide]);
const breachesOf = (text: string) => linkBreaches({ path: 'README.md', text }, targets);

test.each([
  '[gone](docs/gone.md)',
  '![picture](wall.png)',
  '[heading](docs/guide.md#end-here)',
  '<img src="docs/gone.png">',
  '[ref]\n\n[ref]: docs/gone.md',
])('a breach is found: %s', (text) => {
  expect(breachesOf(text)).toHaveLength(1);
});

test.each([
  '[guide](docs/guide.md) and [its folder](docs/)',
  '[heading](docs/guide.md#a--b "title")',
  '![picture](docs/wall.png)',
  '[elsewhere](https://example.org/gone.md) [mail](mailto:a@example.org)',
  '`[not](a-link)` and\n```\n[nor](this)\n```\n',
])('what leads somewhere is no breach: %s', (text) => {
  expect(breachesOf(text)).toEqual([]);
});

test('a heading that is repeated gets a number', () => {
  expect([...anchorsOf('# One\n# One\n```\n# not one\n```\n## `code` in [it](x.md)')]).toEqual([
    'one',
    'one-1',
    'code-in-it',
  ]);
});
