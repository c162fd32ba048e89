import { type RegistrantLanguage, registrantLinkPath } from '@commonsight/types/registration';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import type { Background } from '../mail/Background.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { wasNotTaken } from '../mail/wasNotTaken.ts';
import { insertLink, removeLink } from './registrantRepository.ts';
import { countLinks, findRegistryAgency } from './registrationRepository.ts';
import { makeSecret } from '../secrets.ts';
import { type MailKind, writeMail } from './writeMail.ts';

const hourMs = 60 * 60_000;
/** To one address, from whomever the wish comes: nobody's mailbox is filled by others. */
const mostPerHour = 3;
/** Asked by nobody's wish, twice a year at most: who wishes for links all the time must not hold these back. */
const unlimited: readonly MailKind[] = ['question', 'lastQuestion'];

export interface LinkMail {
  kind: MailKind;
  agencyId: string;
  /** The registration that the link verifies. */
  registrationId: string | null;
  email: string;
  emailHash: string;
  language: RegistrantLanguage;
  expiresAt: Date;
}

/** Mails links. Answers do not wait for it, so that they take as long whether or not there is anything to send. */
export class RegistryMails {
  readonly #db: Db;
  readonly #mailer: Mailer;
  readonly #publicUrl: string;
  readonly #background: Background;
  /** One after another of one address, so that many wishes at once count each other. */
  readonly #queue = new KeyedQueue();

  constructor(parts: { db: Db; mailer: Mailer; publicUrl: string; background: Background }) {
    this.#db = parts.db;
    this.#mailer = parts.mailer;
    this.#publicUrl = parts.publicUrl;
    this.#background = parts.background;
  }

  /** Makes a link and mails it; false, and nothing is sent, when the address has had enough for now. Rejects as the mailer. */
  send(mail: LinkMail, now: Date): Promise<boolean> {
    return this.#queue.run(mail.emailHash, () => this.#send(mail, now));
  }

  async #send(mail: LinkMail, now: Date): Promise<boolean> {
    const { agencyId, emailHash, registrationId, expiresAt } = mail;
    const since = new Date(now.getTime() - hourMs);
    const isLimited = !unlimited.includes(mail.kind);
    if (isLimited && (await countLinks(this.#db, { agencyId, emailHash }, since)) >= mostPerHour) return false;
    const agency = await findRegistryAgency(this.#db, agencyId);
    const { secret, secretHash } = makeSecret();
    const id = newId();
    await insertLink(this.#db, {
      id,
      agencyId,
      registrationId,
      emailHash,
      secretHash,
      createdAt: now,
      expiresAt,
    });
    const link = `${this.#publicUrl}${registrantLinkPath}#${secret}`;
    const hours = Math.floor((expiresAt.getTime() - now.getTime()) / hourMs);
    const written = writeMail(mail.kind, mail.language, { agency: agency?.name ?? '', link, hours });
    try {
      await this.#mailer.send({ to: mail.email, ...written });
    } catch (error) {
      // Nobody has this link: it counts for nothing, and a new registration's is made and mailed again by the clock.
      if (wasNotTaken(error)) await removeLink(this.#db, id);
      throw error;
    }
    return true;
  }

  /** Does the work after the answer. What fails is logged: links are asked for again, new registrations' mailed by the clock. */
  later(work: () => Promise<unknown>): void {
    this.#background.later(work);
  }

  /** Resolves when nothing is being sent, of requests for footage neither. */
  settled(): Promise<void> {
    return this.#background.settled();
  }

  async close(): Promise<void> {
    await this.settled();
    this.#mailer.close();
  }
}
