import { ledgerLineSchema } from '@commonsight/types/ledger';
import { roleSchema } from '@commonsight/types/permission';
import { purposeSchema } from '@commonsight/types/purpose';
import { z } from 'zod';
import { fill } from '../mail/fill.ts';
import { readMails } from '../mail/readMails.ts';

const word = z.string().min(1);
const counted = z.strictObject({ one: word, other: word });
const countedOrNone = counted.extend({ none: word });

/** What a language's file has to say: a purpose, role or kind without its word fails the start. */
const wordsSchema = z.strictObject({
  locale: word,
  confirmation: z.strictObject({ subject: word, text: z.string().includes('{link}') }),
  replaced: z.strictObject({ subject: word, text: word }),
  stopped: z.strictObject({ subject: word, text: word }),
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

export const digestWords = readMails('digests', wordsSchema);

/** The words for a count, filled. */
export function fillCount(
  words: { none?: string; one: string; other: string },
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = count === 0 && words.none !== undefined ? words.none : count === 1 ? words.one : words.other;
  return fill(text, { ...values, count });
}
