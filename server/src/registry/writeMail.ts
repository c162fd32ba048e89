import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { parse } from 'yaml';
import { z } from 'zod';

const textSchema = z.object({ subject: z.string().min(1), text: z.string().includes('{link}') }).strict();

const mailsSchema = z
  .object({ verification: textSchema, link: textSchema, question: textSchema, lastQuestion: textSchema })
  .strict();

type Mails = z.infer<typeof mailsSchema>;

export type MailKind = keyof Mails;

const mailsByLanguage = new Map<RegistrantLanguage, Mails>(
  registrantLanguageSchema.options.map((language) => [
    language,
    mailsSchema.parse(parse(readFileSync(join(import.meta.dirname, 'mails', `${language}.yaml`), 'utf8'))),
  ]),
);

/** A mail's subject and text in the language. */
export function writeMail(
  kind: MailKind,
  language: RegistrantLanguage,
  values: { agency: string; link: string },
): { subject: string; text: string } {
  const mails = mailsByLanguage.get(language);
  if (mails === undefined) throw new Error(`There are no mails in ${language}.`);
  const { subject, text } = mails[kind];
  return { subject, text: text.replaceAll('{agency}', () => values.agency).replaceAll('{link}', () => values.link) };
}
