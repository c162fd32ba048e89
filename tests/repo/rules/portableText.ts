import { breach, type RepositoryFile } from './repositoryFiles.ts';

/**
 * What is true on one machine or in one office only. Written with a class of one letter each, so that this file does not
 * hold what it looks for.
 */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.])\/h[o]me\/[a-z]\w*/g, 'a path of one person'],
  [/(?<![\w.])\/U[s]ers\/[A-Za-z]\w*/g, 'a path of one person'],
  [/(?<![\w.@])\/w[o]rk\//g, 'a path of one machine'],
  [/(?<![\w.])\/r[o]ot\/\w/g, 'a path of one machine'],
  [/\/t[m]p\/notes/g, 'a path of one machine'],
  [/\.l[i]brary\//g, 'a folder of one machine'],
  [/\bs[u]b-?agents?\b/gi, 'how it was made'],
  [/\bb[e]fore-stop\b/gi, 'how it was made'],
  [/\bf[a]rm-\w/gi, 'a name of one office'],
  [/\bC[E]O\b/g, 'a name of one office'],
  [/\bs[h]ared\/(PRODUCT|ARCHITECTURE|MEDIA|STACK|STYLE|GLOSSARY|SCREENS|GOALS)\b/g, 'a folder of one machine'],
];

export function portableTextBreaches(file: RepositoryFile): string[] {
  return foreign.flatMap(([pattern, what]) =>
    [...file.text.matchAll(pattern)].map((match) => breach(file, match.index, `says "${match[0]}", which is ${what}`)),
  );
}
