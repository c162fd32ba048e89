import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { parse } from 'yaml';
import { z } from 'zod';

const textSchema = z.object({ subject: z.string().min(1), text: z.string().includes('{link}') }).strict();

const mailsSchema = z.object({ locale: z.string(), request: textSchema, reminder: textSchema }).strict();

export type FootageMailKind = 'request' | 'reminder';

/** What is filled into a mail. */
export interface FootageMailValues {
  agency: string;
  number: string;
  place: string;
  from: Date;
  to: Date;
  deadline: Date;
  /** In which the times are said. */
  timeZone: string;
  text: string;
  overwritten: Date | null;
  link: string;
}

const mailsByLanguage = new Map<RegistrantLanguage, z.infer<typeof mailsSchema>>(
  registrantLanguageSchema.options.map((language) => [
    language,
    mailsSchema.parse(parse(readFileSync(join(import.meta.dirname, 'mails', `${language}.yaml`), 'utf8'))),
  ]),
);

/** A mail's subject and text in the language; times are in the zone of whoever asks, and say so. */
export function writeFootageMail(
  kind: FootageMailKind,
  language: RegistrantLanguage,
  values: FootageMailValues,
): { subject: string; text: string } {
  const mails = mailsByLanguage.get(language);
  if (mails === undefined) throw new Error(`There are no mails in ${language}.`);
  const words = new Intl.DateTimeFormat(mails.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: values.timeZone,
    timeZoneName: 'short',
  });
  const filled = new Map(
    Object.entries<string | Date | null>({ ...values }).map(([name, value]) => [
      name,
      value instanceof Date ? words.format(value) : (value ?? ''),
    ]),
  );
  // In one pass, so that nothing that somebody wrote is taken for a place to fill.
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => filled.get(name) ?? whole);
  return { subject: fill(mails[kind].subject), text: fill(mails[kind].text) };
}
