import { footageLinkPath } from '@commonsight/types/footage';
import type { AuditType } from '@commonsight/types/audit-event';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { isCanary } from '../registry/canaryRepository.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { emailOf } from '../registry/sealing.ts';
import { makeSecret } from '../registry/secrets.ts';
import {
  type AskedRecipient,
  claimMail,
  claimReminder,
  countLinks,
  findAsked,
  insertLink,
  listAskedRegistrations,
  unclaimMail,
  unclaimReminder,
} from './recipientRepository.ts';
import { type FootageMailKind, writeFootageMail } from './writeFootageMail.ts';

const hourMs = 60 * 60_000;
/** To one contact about one request, whoever asks for it. */
const mostPerHour = 3;

/** The number that somebody who is asked knows a case by. */
export function numberOf({ of, incidentNumber }: Pick<AskedRecipient, 'of' | 'incidentNumber'>): string {
  return of.caseNumber ?? `#${String(incidentNumber ?? '')}`;
}

/** Mails requests and reminders, each with a link of its own. The contact is opened here and goes nowhere but to the mail. */
export class FootageMails {
  readonly #parts: { db: Db; audit: Audit; mailer: Mailer; registryKeys: RegistryKeys; publicUrl: string };

  constructor(parts: { db: Db; audit: Audit; mailer: Mailer; registryKeys: RegistryKeys; publicUrl: string }) {
    this.#parts = parts;
  }

  /** Mails a contact its request, once. What fails is tried again at the next run of the clock. */
  async sendRequest(recipientId: string, now: Date): Promise<void> {
    const { db } = this.#parts;
    const asked = await findAsked(db, recipientId);
    if (asked === null || asked.request.deadline <= now || !(await claimMail(db, recipientId, now))) return;
    await this.#mail('request', 'footage.mailed', asked, now).catch(async (error: unknown) => {
      await unclaimMail(db, recipientId);
      throw error;
    });
  }

  /** Mails a contact that its recording is about to be overwritten, once. */
  async sendReminder(recipientId: string, now: Date): Promise<void> {
    const { db } = this.#parts;
    const asked = await findAsked(db, recipientId);
    if (asked === null || !(await claimReminder(db, recipientId, now))) return;
    await this.#mail('reminder', 'footage.reminded', asked, now).catch(async (error: unknown) => {
      await unclaimReminder(db, recipientId);
      throw error;
    });
  }

  /** Mails a contact another link; not more often than an hour allows. */
  async sendLink(asked: AskedRecipient, now: Date): Promise<void> {
    const { db } = this.#parts;
    if (asked.request.deadline <= now) return;
    if ((await countLinks(db, asked.recipient.id, new Date(now.getTime() - hourMs))) >= mostPerHour) return;
    await this.#mail('request', 'footage.mailed', asked, now);
  }

  async #mail(kind: FootageMailKind, type: AuditType, asked: AskedRecipient, now: Date): Promise<void> {
    const { db, audit, mailer, registryKeys, publicUrl } = this.#parts;
    const { recipient, request, agencyName } = asked;
    const { agencyId, language } = recipient;
    const target = { kind: 'footageRequest' as const, id: request.id };
    await audit.record({
      type,
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target,
      details: { recipientId: recipient.id },
    });
    const registrations = await listAskedRegistrations(db, recipient.id);
    let email: string | null = null;
    for (const row of registrations) {
      // Nobody has a canary: its address is made up and may be somebody's. It looks as if it had been asked.
      if (email === null && !(await isCanary(db, row.id))) email = emailOf(registryKeys, row);
    }
    if (email === null) return;
    const { secret, secretHash } = makeSecret();
    await insertLink(db, {
      id: newId(),
      recipientId: recipient.id,
      isSession: false,
      secretHash,
      createdAt: now,
      expiresAt: request.deadline,
    });
    const written = writeFootageMail(kind, language, {
      agency: agencyName,
      number: numberOf(asked),
      place: request.place,
      from: request.windowFrom,
      to: request.windowTo,
      deadline: request.deadline,
      text: request.text,
      overwritten: recipient.overwrittenAt,
      link: `${publicUrl}${footageLinkPath}#${secret}`,
    });
    await mailer.send({ to: email, ...written });
  }
}
