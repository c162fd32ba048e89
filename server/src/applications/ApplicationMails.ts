import { applicationLinkPath } from '@commonsight/types/application';
import type { Db } from '../db/Database.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { replaceUnreadSecret } from '../ledger/ledgerRepository.ts';
import type { Background } from '../mail/Background.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { findRegistryAgency } from '../registry/registrationRepository.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { makeSecret } from '../secrets.ts';
import {
  type ApplicationRow,
  countMailed,
  erased,
  findApplication,
  updateApplication,
} from './applicationRepository.ts';
import { openDetails } from './sealing.ts';
import { writeLinkMail, writeRefusal } from './writeApplicationMail.ts';

const hourMs = 60 * 60_000;
/** To one address, from whomever the applications come: nobody's mailbox is filled by others, at once or in the long run. */
const mostPerHour = 3;
const mostPerDay = 6;

/**
 * The mails to applicants. What is to be mailed is read from the record, and what is mailed is noted there, so that the
 * clock tries again what failed or was too much for one hour. Secrets are made when they are mailed and kept as hashes:
 * of two mails about the same link the later one opens it.
 */
export class ApplicationMails {
  readonly #parts: { db: Db; keys: RegistryKeys; mailer: Mailer; background: Background; publicUrl: string };
  readonly #queue = new KeyedQueue();

  constructor(parts: { db: Db; keys: RegistryKeys; mailer: Mailer; background: Background; publicUrl: string }) {
    this.#parts = parts;
  }

  /** Does the work after the answer, which takes as long whether or not there is anything to send. */
  later(work: () => Promise<unknown>): void {
    this.#parts.background.later(work);
  }

  /** Mails the link of an application whose mail address is not proved; nothing when it is mailed, or when it has to wait. */
  async sendLink(id: string, now: Date): Promise<void> {
    const { db, publicUrl } = this.#parts;
    const asked = await findApplication(db, id);
    if (asked === null || asked.emailHash === null) return;
    const { agencyId, emailHash } = asked;
    // One after another of one address, so that many at once count each other.
    await this.#queue.run(emailHash, async () => {
      const row = await findApplication(db, id);
      if (row === null || row.state !== 'unverified' || row.mailedAt !== null) return;
      const mailedWithin = (ms: number) => countMailed(db, { agencyId, emailHash }, new Date(now.getTime() - ms));
      if ((await mailedWithin(hourMs)) >= mostPerHour || (await mailedWithin(24 * hourMs)) >= mostPerDay) return;
      const { secret, secretHash } = makeSecret();
      if ((await updateApplication(db, row, ['unverified'], { secretHash })) === null) return;
      const link = `${publicUrl}${applicationLinkPath}#${secret}`;
      await this.#send(row, (agency, language) => writeLinkMail('verification', language, { agency, link }));
      // It may have been opened already.
      await updateApplication(db, row, ['unverified', 'waiting'], { mailedAt: now });
    });
  }

  /**
   * Tells an applicant what was decided, once. An approval brings the owner's link, which nobody has before; a refusal ends
   * with the erasure of what was said.
   */
  async sendDecision(id: string, now: Date): Promise<void> {
    await this.#queue.run(id, async () => {
      const { db } = this.#parts;
      const row = await findApplication(db, id);
      if (row === null || row.toldAt !== null || row.wrappedKey === null) return;
      if (row.state === 'approved') await this.#sendOwnersLink(row);
      const { reason } = row;
      if (row.state === 'refused' && reason !== null) {
        await this.#send(row, (agency, language) => writeRefusal(language, { agency, reason }));
      }
      const rest = row.state === 'refused' ? erased : {};
      await updateApplication(db, row, ['approved', 'refused'], { toldAt: now, ...rest });
    });
  }

  async #sendOwnersLink(row: ApplicationRow): Promise<void> {
    const { db, publicUrl } = this.#parts;
    const { secret, secretHash } = makeSecret();
    // A link that was revoked, or that an earlier mail has brought and somebody has opened, stays as it is.
    if (row.linkId === null || !(await replaceUnreadSecret(db, row.linkId, secretHash))) return;
    const link = `${publicUrl}/owner#${secret}`;
    await this.#send(row, (agency, language) => writeLinkMail('approved', language, { agency, link }));
  }

  async #send(
    row: ApplicationRow,
    write: (agency: string, language: NonNullable<ApplicationRow['language']>) => { subject: string; text: string },
  ): Promise<void> {
    const { db, keys, mailer } = this.#parts;
    const details = openDetails(keys, row);
    if (details === null || row.language === null) return;
    const agency = await findRegistryAgency(db, row.agencyId);
    await mailer.send({ to: details.contact.email, ...write(agency?.name ?? '', row.language) });
  }
}
