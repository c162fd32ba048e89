import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Mail, Mailer } from './Mailer.ts';

const timeoutMs = 20_000;

/** The mailer of the settings: an SMTP server, or without one the folder `mails` in the data folder. */
export function createMailer({ mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>, logger: Logger): Mailer {
  if (mail !== undefined) return createSmtpMailer(mail);
  const folder = join(dataDir, 'mails');
  logger.info({ folder }, 'No mail server is set (SMTP_URL): mails are written as files.');
  return createFileMailer(folder);
}

function createSmtpMailer({ smtpUrl, from }: NonNullable<Config['mail']>): Mailer {
  const times = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const pooled = createTransport({ url: smtpUrl, pool: true, maxConnections: 2, ...times });
  // The pool hands a mail over again by itself when its connection closes meanwhile.
  const single = createTransport({ url: smtpUrl, ...times });
  return {
    send: async (mail) => {
      const { to, subject, text, isOnce = false } = mail;
      const message = { from, to: { name: '', address: to }, subject, text, headers: headersOf(mail) };
      await (isOnce ? single.sendMail(message) : pooled.sendMail(message));
    },
    close: () => {
      pooled.close();
      single.close();
    },
  };
}

/** RFC 2369 and 8058. The mail server has to sign them (DKIM) for other programs to go by them. */
function headersOf({ unsubscribeUrl }: Mail): Record<string, string> {
  if (unsubscribeUrl === undefined) return {};
  return { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** Readable for this user alone: mails hold links that open registrations. */
function createFileMailer(folder: string): Mailer {
  return {
    send: async (mail) => {
      const { to, subject, text } = mail;
      const headers = Object.entries(headersOf(mail)).map(([name, value]) => `${name}: ${value}\n`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${newId()}.txt`);
      await writeFile(`${path}.new`, `To: ${to}\nSubject: ${subject}\n${headers.join('')}\n${text}`, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    close: () => undefined,
  };
}
