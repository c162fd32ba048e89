import type { RegistrantLanguage } from '@commonsight/types/registration';
import { z } from 'zod';
import { fill } from '../mail/fill.ts';
import { readMails } from '../mail/readMails.ts';

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

const mailsIn = readMails('footage', mailsSchema);

/** A mail's subject and text in the language; times are in the zone of whoever asks, and say so. */
export function writeFootageMail(
  kind: FootageMailKind,
  language: RegistrantLanguage,
  values: FootageMailValues,
): { subject: string; text: string } {
  const mails = mailsIn(language);
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
  const filled = Object.fromEntries(
    Object.entries<string | Date | null>({ ...values }).map(([name, value]) => [
      name,
      value instanceof Date ? words.format(value) : (value ?? ''),
    ]),
  );
  const { subject, text } = mails[kind];
  return { subject: fill(subject, filled), text: fill(text, filled) };
}
