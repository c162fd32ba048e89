import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from './Mailer.ts';

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
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 2, ...times });
  return {
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}

/** Readable for this user alone: mails hold links that open registrations. */
function createFileMailer(folder: string): Mailer {
  return {
    send: async ({ to, subject, text }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${newId()}.txt`);
      await writeFile(`${path}.new`, `To: ${to}\nSubject: ${subject}\n\n${text}`, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    close: () => undefined,
  };
}
