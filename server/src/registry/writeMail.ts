import type { RegistrantLanguage } from '@commonsight/types/registration';
import { z } from 'zod';
import { fill } from '../mail/fill.ts';
import { readMails } from '../mail/readMails.ts';

const textSchema = z.object({ subject: z.string().min(1), text: z.string().includes('{link}') }).strict();

const mailsSchema = z
  .object({ verification: textSchema, link: textSchema, question: textSchema, lastQuestion: textSchema })
  .strict();

export type MailKind = keyof z.infer<typeof mailsSchema>;

const mailsIn = readMails('registry', mailsSchema);

/** A mail's subject and text in the language; `hours`: how long its link opens, whole. */
export function writeMail(
  kind: MailKind,
  language: RegistrantLanguage,
  values: { agency: string; link: string; hours: number },
): { subject: string; text: string } {
  const { subject, text } = mailsIn(language)[kind];
  return { subject, text: fill(text, values) };
}
