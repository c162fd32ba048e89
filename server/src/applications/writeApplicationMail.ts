import { type RefusalReason, refusalReasonSchema } from '@commonsight/types/application';
import type { RegistrantLanguage } from '@commonsight/types/registration';
import { z } from 'zod';
import { fill } from '../mail/fill.ts';
import { readMails } from '../mail/readMails.ts';

const withLink = z.object({ subject: z.string().min(1), text: z.string().includes('{link}') }).strict();

const mailsSchema = z
  .object({
    verification: withLink,
    approved: withLink,
    refused: z.object({ subject: z.string().min(1), text: z.string().includes('{reason}') }).strict(),
    reasons: z.record(refusalReasonSchema, z.string().min(1)),
  })
  .strict();

const mailsIn = readMails('applications', mailsSchema);

/** A mail with a link: that to the application, or that of the owner whom it made. */
export function writeLinkMail(
  kind: 'verification' | 'approved',
  language: RegistrantLanguage,
  values: { agency: string; link: string },
): { subject: string; text: string } {
  const { subject, text } = mailsIn(language)[kind];
  return { subject, text: fill(text, values) };
}

/** The mail that says why an application was refused. */
export function writeRefusal(
  language: RegistrantLanguage,
  { agency, reason }: { agency: string; reason: RefusalReason },
): { subject: string; text: string } {
  const { refused, reasons } = mailsIn(language);
  return { subject: refused.subject, text: fill(refused.text, { agency, reason: reasons[reason] }) };
}
