import { footageLinkPath } from '@commonsight/types/footage';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import type { Mailer } from '../mail/Mailer.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { emailOf } from '../registry/sealing.ts';
import { makeSecret } from '../secrets.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { countLinks, insertLink, removeLink } from './linkRepository.ts';
import {
  type AskedRecipient,
  claimMail,
  claimReminder,
  findAsked,
  findOfContact,
  noteMail,
} from './recipientRepository.ts';
import { type FootageMailKind, writeFootageMail } from './writeFootageMail.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** To one contact about one request, whoever asks for it. */
const mostPerHour = 3;
/** For so long a mail may be on its way to the mail server. After that it counts as not sent. */
const sendingMs = 10 * minuteMs;
/** A mail that could not be sent waits for so long at least, and at most, before it is tried again. */
const waitsMs = [5 * minuteMs, 6 * hourMs] as const;

/** The number that somebody who is asked knows a case by. */
export function numberOf({ of, incidentNumber }: Pick<AskedRecipient, 'of' | 'incidentNumber'>): string {
  return of.caseNumber ?? `#${String(incidentNumber ?? '')}`;
}

interface FootageMailsParts {
  db: Db;
  audit: Audit;
  mailer: Mailer;
  registryKeys: RegistryKeys;
  publicUrl: string;
}

/** Mails requests and reminders, each with a link of its own. The contact is opened here and goes nowhere but to the mail. */
export class FootageMails {
  readonly #parts: FootageMailsParts;
  /** One after another to one contact, so that many wishes at once count each other. */
  readonly #queue = new KeyedQueue();

  constructor(parts: FootageMailsParts) {
    this.#parts = parts;
  }

  /** Mails a contact its request, once. What fails is tried again by the clock, later each time. */
  async sendRequest(recipientId: string, now: Date): Promise<void> {
    const { db } = this.#parts;
    const asked = await findAsked(db, recipientId);
    if (asked === null || asked.request.deadline <= now) return;
    const claim = (tx: Db) => claimMail(tx, recipientId, { now, until: after(now, sendingMs) });
    await this.#mailOnce('request', asked, now, {
      claim,
      sent: { mailedAt: now, nextMailAt: null },
      // The longer it could not be sent, the longer it waits.
      failed: { nextMailAt: nextTry(now, now.getTime() - asked.recipient.createdAt.getTime()) },
    });
  }

  /** Mails a contact that its recording is about to be overwritten, once. */
  async sendReminder(recipientId: string, now: Date): Promise<void> {
    const asked = await findAsked(this.#parts.db, recipientId);
    const goneAt = asked?.recipient.overwrittenAt ?? null;
    if (asked === null || goneAt === null) return;
    const claim = (tx: Db) => claimReminder(tx, recipientId, { now, until: after(now, sendingMs) });
    await this.#mailOnce('reminder', asked, now, {
      claim,
      sent: { remindedAt: now },
      failed: { remindAt: nextTry(now, (goneAt.getTime() - now.getTime()) / 4) },
    });
  }

  /** Mails a contact another link; not more often than an hour allows. */
  sendLink(asked: AskedRecipient, now: Date): Promise<void> {
    return this.#queue.run(asked.recipient.id, async () => {
      const { db } = this.#parts;
      if (asked.request.deadline <= now) return;
      if ((await countLinks(db, asked.recipient.id, after(now, -hourMs))) >= mostPerHour) return;
      await this.#mail('request', asked, now, async () => true);
    });
  }

  async #mailOnce(
    kind: FootageMailKind,
    asked: AskedRecipient,
    now: Date,
    of: {
      claim: (tx: Db) => Promise<boolean>;
      sent: Parameters<typeof noteMail>[2];
      failed: Parameters<typeof noteMail>[2];
    },
  ): Promise<void> {
    const { db } = this.#parts;
    const { id } = asked.recipient;
    try {
      if (await this.#mail(kind, asked, now, of.claim)) await noteMail(db, id, of.sent);
    } catch (error) {
      await noteMail(db, id, of.failed);
      throw error;
    }
  }

  /**
   * The line, the link and the claim on the mail are one commit, and the mail follows; false when it is another's to send. A
   * mail that could not be sent leaves no link, and a line that says so.
   */
  async #mail(
    kind: FootageMailKind,
    asked: AskedRecipient,
    now: Date,
    claim: (tx: Db) => Promise<boolean>,
  ): Promise<boolean> {
    const { db, audit, mailer, registryKeys, publicUrl } = this.#parts;
    const { recipient, request, agencyName } = asked;
    const act: Omit<Act, 'outcome'> = {
      type: kind === 'request' ? 'footage.mailed' : 'footage.reminded',
      actor: { kind: 'system', agencyId: recipient.agencyId },
      target: { kind: 'footageRequest', id: request.id },
    };
    const details = { recipientId: recipient.id };
    // A canary has no address: nobody is mailed, and it looks as if it had been asked.
    const contact = await findOfContact(db, recipient);
    const { secret, secretHash } = makeSecret();
    const linkId = newId();
    const begun = await audit.recordOnce({ ...act, outcome: 'done', details }, async (tx) => {
      if (!(await claim(tx))) return null;
      const link = { id: linkId, recipientId: recipient.id, isSession: false, secretHash };
      if (contact !== null) await insertLink(tx, { ...link, createdAt: now, expiresAt: request.deadline });
      return {};
    });
    if (begun === null) return false;
    if (contact === null) return true;
    const written = writeFootageMail(kind, recipient.language, {
      agency: agencyName,
      number: numberOf(asked),
      place: request.place,
      from: request.windowFrom,
      to: request.windowTo,
      deadline: request.deadline,
      timeZone: request.timeZone,
      text: request.text,
      overwritten: recipient.overwrittenAt,
      link: `${publicUrl}${footageLinkPath}#${secret}`,
    });
    try {
      await mailer.send({ to: emailOf(registryKeys, contact), ...written });
    } catch (error) {
      await removeLink(db, linkId);
      await audit.record({ ...act, outcome: 'refused', details: { ...details, code: 'notSent' } });
      throw error;
    }
    return true;
  }
}

function nextTry(now: Date, waitMs: number): Date {
  const [least, most] = waitsMs;
  return after(now, Math.min(most, Math.max(least, waitMs)));
}

function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
