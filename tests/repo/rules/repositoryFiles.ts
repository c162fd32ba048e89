import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutFolder } from '../../training/folders.ts';

/** A file by its path from the root of the repository. Rules get it like this, so that a test can make a bad one up. */
export interface RepositoryFile {
  path: string;
  text: string;
}

/** Every path that is in the repository or about to be: git decides, so ignored folders are out. */
export function repositoryPaths(...patterns: readonly string[]): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const listed = execFileSync('git', args, { cwd: checkoutFolder, encoding: 'utf8', maxBuffer: 50_000_000 });
  const paths = [...new Set(listed.split('\0').filter(Boolean))].toSorted();
  return paths.filter((path) => existsSync(join(checkoutFolder, path)));
}

/** The text files among them. */
export function repositoryFiles(...patterns: readonly string[]): RepositoryFile[] {
  return repositoryPaths(...patterns)
    .map((path) => ({ path, text: readFileSync(join(checkoutFolder, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

const sourcePatterns = ['*.ts', '*.tsx', '*.mts', '*.js', '*.mjs'];

export function sourceFiles(): RepositoryFile[] {
  return repositoryFiles(...sourcePatterns);
}

/** A breach of a rule, as a line that leads to its place. */
export function breach(file: RepositoryFile, offset: number, sentence: string): string {
  const line = file.text.slice(0, offset).split('\n').length;
  return `${file.path}:${line} ${sentence}`;
}
