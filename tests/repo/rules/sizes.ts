import type { RepositoryFile } from './repositoryFiles.ts';

const mostLines = 500;

/** Source files that may be longer, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  'client/src/language/messages/en.ts': 'All that public pages say in a language is one file to translate.',
  'client/src/language/messages/es.ts': 'All that public pages say in a language is one file to translate.',
};

export function sizeBreaches(file: RepositoryFile, reasons = longFiles): string[] {
  const lines = file.text.trimEnd().split('\n').length;
  if (lines > mostLines && !Object.hasOwn(reasons, file.path)) {
    return [`${file.path} has ${lines} lines, more than ${mostLines}: split it, or give its reason in tests/repo`];
  }
  if (lines <= mostLines && Object.hasOwn(reasons, file.path)) {
    return [`${file.path} has ${lines} lines and needs no reason any more: remove it from tests/repo`];
  }
  return [];
}
