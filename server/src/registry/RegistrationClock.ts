import type { AuditType } from '@commonsight/types/audit-event';
import { verificationHours } from '@commonsight/types/registration';
import type { Act } from '../audit/Audit.ts';
import type { Logger } from '../logger.ts';
import type { Canaries } from './Canaries.ts';
import { removeOver } from './registrantRepository.ts';
import {
  eraseRegistration,
  listDormant,
  listExpired,
  listPausesOver,
  listUnanswered,
  listUnconfirmed,
  listUnmailed,
  type RegistrationRow,
  removeUnverified,
  updateRegistration,
} from './registrationRepository.ts';
import type { RegistryParts } from './Registry.ts';
import { emailOf } from './sealing.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;
/** For so long an answer to the yearly question is waited for, twice. */
const answerMs = 30 * dayMs;
const questions = 2;
/** A new registration without a link has not just been made: its mail is not on its way any more. */
const mailingMs = 10 * 60_000;
/** A link that opens for less is not worth a mail. */
const leastLinkMs = 2 * hourMs;
/** To one address in a day, with those that were mailed at once: others' wishes fill nobody's mailbox. */
const mostVerificationsPerDay = 6;
const running = ['active', 'paused'] as const;

/** What happens to registrations by the passing of time. Every act has its line first. */
export class RegistrationClock {
  readonly #parts: RegistryParts & { canaries: Canaries; logger: Pick<Logger, 'warn'> };

  constructor(parts: RegistryParts & { canaries: Canaries; logger: Pick<Logger, 'warn'> }) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    const { db } = this.#parts;
    const ago = (ms: number) => new Date(now.getTime() - ms);
    await removeOver(db, now);
    await this.#parts.canaries.run(now);
    for (const row of await listExpired(db, now)) {
      await this.#record('registration.expired', row);
      await removeUnverified(db, row.id);
    }
    await this.#verifyLate(now);
    for (const row of await listPausesOver(db, now)) {
      await this.#record('registration.resumed', row);
      await updateRegistration(db, row, ['paused'], { state: 'active', pausedUntil: null });
    }
    for (const row of await listUnanswered(db, questions, ago(answerMs))) {
      await this.#record('registration.becameDormant', row);
      await updateRegistration(db, row, running, { state: 'dormant', dormantAt: now, pausedUntil: null });
    }
    for (const rows of byAddress(await listUnanswered(db, 1, ago(answerMs)))) await this.#askAgain(rows, now);
    for (const rows of byAddress(await listUnconfirmed(db, ago(yearMs)))) await this.#askAgain(rows, now);
    for (const row of await listDormant(db, ago(yearMs))) {
      await this.#record('registration.deleted', row);
      await db.transaction((tx) => eraseRegistration(tx, row, now));
    }
  }

  /** Mails the links that could not be mailed when their registrations were made: the address had enough, or no server took them. */
  async #verifyLate(now: Date): Promise<void> {
    const { db, keys, mails, logger } = this.#parts;
    const lastingMs = verificationHours * hourMs;
    const late = await listUnmailed(db, {
      madeAfter: new Date(now.getTime() - lastingMs + leastLinkMs),
      madeBefore: new Date(now.getTime() - mailingMs),
      linksSince: new Date(now.getTime() - dayMs),
      mostLinks: mostVerificationsPerDay,
    });
    for (const row of late) {
      const { id, agencyId, emailHash, language } = row;
      if (emailHash === null || language === null) continue;
      const expiresAt = new Date(row.createdAt.getTime() + lastingMs);
      const of = { kind: 'verification' as const, agencyId, registrationId: id, emailHash, language, expiresAt };
      try {
        await mails.send({ ...of, email: emailOf(keys, row) }, now);
      } catch {
        logger.warn({ registrationId: id }, 'A link to verify a registration could not be mailed. Retrying.');
      }
    }
  }

  /**
   * One mail for all registrations of an address, however many a district has. A question that could not be mailed does
   * not count and leaves no line: it is mailed at the next run.
   */
  async #askAgain(rows: readonly RegistrationRow[], now: Date): Promise<void> {
    const { db, audit, keys, mails, canaries, logger } = this.#parts;
    const [row] = rows;
    if (row === undefined || row.language === null) return;
    const { id, agencyId, emailHash, language } = row;
    const change = { questions: row.questions + 1, askedAt: now };
    if (emailHash === null) {
      // Canaries have no mailbox.
      await this.#record('registration.reminded', row);
      await canaries.ask(id, now);
      await updateRegistration(db, row, running, change);
      return;
    }
    const kind = row.questions === 0 ? ('question' as const) : ('lastQuestion' as const);
    const expiresAt = new Date(now.getTime() + answerMs);
    const mail = { kind, agencyId, registrationId: null, email: emailOf(keys, row), emailHash, language, expiresAt };
    try {
      await mails.send(mail, now);
    } catch {
      logger.warn({ registrationId: id }, 'A yearly question could not be mailed. Retrying.');
      return;
    }
    await audit.recordAll(
      rows.map((each) => actOf('registration.reminded', each)),
      {
        with: async (tx) => {
          for (const each of rows) await updateRegistration(tx, each, running, change);
        },
      },
    );
  }

  #record(type: AuditType, row: RegistrationRow): Promise<void> {
    return this.#parts.audit.record(actOf(type, row));
  }
}

function actOf(type: AuditType, { id, agencyId }: RegistrationRow): Act {
  return { type, outcome: 'done', actor: { kind: 'system', agencyId }, target: { kind: 'registration', id } };
}

/** The registrations of each mail address; those without one, an agency's canaries, one by one. */
function byAddress(rows: readonly RegistrationRow[]): Iterable<RegistrationRow[]> {
  return Map.groupBy(rows, ({ id, agencyId, emailHash }) => `${agencyId} ${emailHash ?? id}`).values();
}
