import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { parse } from 'yaml';
import type { z } from 'zod';

/**
 * Reads the mails of a folder, a file for each language. One that is missing, or says other things than the schema wants,
 * fails the start.
 */
export function readMails<Mails>(folder: string, schema: z.ZodType<Mails>): (language: RegistrantLanguage) => Mails {
  const byLanguage = new Map(
    registrantLanguageSchema.options.map((language) => [
      language,
      schema.parse(parse(readFileSync(join(folder, `${language}.yaml`), 'utf8'))),
    ]),
  );
  return (language) => {
    const mails = byLanguage.get(language);
    if (mails === undefined) throw new Error(`There are no mails in ${language}.`);
    return mails;
  };
}
