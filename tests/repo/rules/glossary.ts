import { posix } from 'node:path';
import { declaredNames } from './declaredNames.ts';
import { breach, type RepositoryFile } from './repositoryFiles.ts';

/** Words that appear in no name, alone or in part, and the word to use: the last paragraph of GLOSSARY.md. */
const forbiddenWords = new Map([
  ['feed', 'stream'],
  ['participant', 'peer or user'],
  ['subscriber', 'consumer'],
  ['publisher', 'producer'],
  ['manager', 'what it manages'],
  ['util', 'what it does'],
]);

/** Too wide to say anything alone; fine in part, as in `auditEvent`. */
const forbiddenAlone = new Set(['event', 'data', 'info']);

/** Names that have another sense, which is the reason. */
const otherSenses = new Map([['lineFeed', 'the character']]);

export function glossaryBreaches(file: RepositoryFile): string[] {
  const ofFile = pathWords(file.path).flatMap((word) => breachOfWord(file, 0, `the path's word "${word}"`, word));
  const ofNames = declaredNames(file).flatMap(({ name, offset, kind }) => {
    if (otherSenses.has(name)) return [];
    if (kind === 'binding' && forbiddenAlone.has(name)) {
      return [breach(file, offset, `"${name}" alone says nothing: name what it is`)];
    }
    return wordsOf(name).flatMap((word) => breachOfWord(file, offset, `"${name}"`, word));
  });
  return [...ofFile, ...ofNames];
}

function breachOfWord(file: RepositoryFile, offset: number, subject: string, word: string): string[] {
  const better = forbiddenWords.get(word.replace(/s$/, ''));
  return better === undefined ? [] : [breach(file, offset, `${subject} is not the glossary's word: say ${better}`)];
}

function pathWords(path: string): string[] {
  const { dir, name } = posix.parse(path);
  return [...dir.split('/'), name].flatMap(wordsOf);
}

/** `openRtspFeed2` and `RTSPFeed` as `open rtsp feed 2` and `rtsp feed`. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}
