import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { parse } from 'yaml';
import type { z } from 'zod';
import { readLanguageFile } from '../languages/readLanguageFile.ts';

/**
 * Reads the mails of a room of the server, a file for each language. One that is missing, or says other things than the schema wants,
 * fails the start.
 */
export function readMails<Mails>(room: string, schema: z.ZodType<Mails>): (language: RegistrantLanguage) => Mails {
  const byLanguage = new Map(
    registrantLanguageSchema.options.map((language) => [
      language,
      schema.parse(parse(readLanguageFile(language, `${room}.yaml`))),
    ]),
  );
  return (language) => {
    const mails = byLanguage.get(language);
    if (mails === undefined) throw new Error(`There are no mails in ${language}.`);
    return mails;
  };
}
