import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { breach, type RepositoryFile } from './repositoryFiles.ts';

/** Each package by its folder, and which others it may import. A new package is placed here on purpose. */
const packages: Readonly<Record<string, { name: string; mayImport: readonly string[] }>> = {
  types: { name: '@commonsight/types', mayImport: [] },
  'types/verify': { name: 'commonsight-verify', mayImport: [] },
  server: { name: '@commonsight/server', mayImport: ['@commonsight/types', 'commonsight-verify'] },
  client: { name: '@commonsight/client', mayImport: ['@commonsight/types', 'commonsight-verify'] },
  sfu: { name: '@commonsight/sfu', mayImport: ['@commonsight/types', '@commonsight/worker'] },
  'sfu/relay': {
    name: '@commonsight/relay',
    mayImport: ['@commonsight/types', '@commonsight/worker', 'commonsight-verify'],
  },
  'sfu/worker': { name: '@commonsight/worker', mayImport: [] },
  tests: {
    name: '@commonsight/tests',
    mayImport: ['@commonsight/types', '@commonsight/worker', 'commonsight-verify'],
  },
};

/** The package that a file belongs to: the deepest folder that holds it. */
function folderOf(path: string): string | undefined {
  const holders = Object.keys(packages).filter((folder) => path === folder || path.startsWith(`${folder}/`));
  return holders.toSorted((one, other) => other.length - one.length)[0];
}

/** What reaches over a border: packages are entered through the names that they export, by those that may. */
export function boundaryBreaches(file: RepositoryFile): string[] {
  const from = folderOf(file.path);
  return importsOf(file).flatMap(({ specifier, offset }) => {
    const sentence = specifier.startsWith('.')
      ? relativeBreach(file.path, from, specifier)
      : packageBreach(from, specifier);
    return sentence ? [breach(file, offset, sentence)] : [];
  });
}

function relativeBreach(path: string, from: string | undefined, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith('docker/')) return `imports ${specifier}: nothing imports docker`;
  const to = folderOf(target);
  if (to === from) return undefined;
  return `imports ${specifier}: ${to ?? 'the root'} is entered by its package name, not by its path`;
}

function packageBreach(from: string | undefined, specifier: string): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (!Object.values(packages).some((known) => known.name === name) && !name.startsWith('@commonsight/'))
    return undefined;
  const own = from === undefined ? undefined : packages[from];
  if (own?.name === name || own?.mayImport.includes(name)) return undefined;
  return `imports ${specifier}: ${from ?? 'the root'} may not import ${name}`;
}

interface Import {
  specifier: string;
  offset: number;
}

function importsOf(file: RepositoryFile): Import[] {
  const { module } = parseSync(file.path, file.text);
  const literal = (start: number, end: number): string => file.text.slice(start, end).replaceAll(/^['"`]|['"`]$/g, '');
  return [
    ...module.staticImports.map((entry) => ({ specifier: entry.moduleRequest.value, offset: entry.start })),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap(({ moduleRequest }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, offset: entry.start }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      specifier: literal(moduleRequest.start, moduleRequest.end),
      offset: moduleRequest.start,
    })),
  ];
}
