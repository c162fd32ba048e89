import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerLineSchema } from '@commonsight/types/ledger';
import { roleSchema } from '@commonsight/types/permission';
import { purposeSchema } from '@commonsight/types/purpose';
import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { parse } from 'yaml';
import { z } from 'zod';

const word = z.string().min(1);
const counted = z.strictObject({ one: word, other: word });
const countedOrNone = counted.extend({ none: word });

/** What a language's file has to say: a purpose, role or kind without its word fails the start. */
const wordsSchema = z.strictObject({
  locale: word,
  confirmation: z.strictObject({ subject: word, text: z.string().includes('{link}') }),
  digest: z.strictObject({ subject: word, text: z.string().includes('{stop}').includes('{cameras}') }),
  words: z.strictObject({
    views: countedOrNone,
    withheld: countedOrNone,
    camera: counted,
    notSeen: countedOrNone,
    notListed: counted,
    line: word,
    stillOpen: word,
    breakGlass: word,
    number: word,
    withheldUntil: word,
    more: word,
  }),
  kinds: z.record(ledgerLineSchema.shape.kind, word),
  purposes: z.record(purposeSchema, word),
  roles: z.record(roleSchema, word),
});

export type DigestWords = z.infer<typeof wordsSchema>;

const wordsByLanguage = new Map<RegistrantLanguage, DigestWords>(
  registrantLanguageSchema.options.map((language) => [
    language,
    wordsSchema.parse(parse(readFileSync(join(import.meta.dirname, 'mails', `${language}.yaml`), 'utf8'))),
  ]),
);

export function digestWords(language: RegistrantLanguage): DigestWords {
  const words = wordsByLanguage.get(language);
  if (words === undefined) throw new Error(`There are no mails in ${language}.`);
  return words;
}

/** Fills the places in braces, in one pass, so that nothing that somebody wrote is taken for a place. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** The words for a count, filled. */
export function fillCount(
  words: { none?: string; one: string; other: string },
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = count === 0 && words.none !== undefined ? words.none : count === 1 ? words.one : words.other;
  return fill(text, { ...values, count });
}
