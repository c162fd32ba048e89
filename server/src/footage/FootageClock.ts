import { footagePauseDays } from '@commonsight/types/footage';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { errorName } from '../errorName.ts';
import type { Logger } from '../logger.ts';
import type { PushMessages } from '../push/PushMessages.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageMails } from './FootageMails.ts';
import type { FootageUploads } from './FootageUploads.ts';
import type { RecipientRow } from './footageRepository.ts';
import { listAbandoned } from './fileRepository.ts';
import { removeLinksOver } from './linkRepository.ts';
import { listPastDeadline, listToRemind, listUnmailed, updateRecipient, waitingStates } from './recipientRepository.ts';
import { remindOwner } from './remindOwner.ts';
import { sweepFolder } from './sweepFolder.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

export interface FootageClockParts {
  db: Db;
  audit: Audit;
  folder: FootageFolder;
  uploads: Pick<FootageUploads, 'abandon'>;
  mails: FootageMails;
  push: Pick<PushMessages, 'footageAsked'>;
  logger: Pick<Logger, 'warn'>;
}

/** What happens to requests by the passing of time. Every act has its line, and none keeps the others from happening. */
export class FootageClock {
  readonly #parts: FootageClockParts;
  #sweptAtMs = 0;

  constructor(parts: FootageClockParts) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    const { db, mails, uploads } = this.#parts;
    await removeLinksOver(db, now);
    for (const { id } of await listUnmailed(db, now)) await this.#tryMail(() => mails.sendRequest(id, now));
    for (const row of await listToRemind(db, now)) {
      if (row.siteId === null) await this.#tryMail(() => mails.sendReminder(row.id, now));
      else await this.#try(() => remindOwner(this.#parts, row, now));
    }
    const before = new Date(now.getTime() - footagePauseDays * dayMs);
    for (const file of await listAbandoned(db, before, now)) await this.#try(() => uploads.abandon(file));
    for (const row of await listPastDeadline(db, now)) await this.#try(() => this.#expire(row));
    await this.#sweep(now);
  }

  /** One that was answered meanwhile, or that another server was faster with, has no line. */
  async #expire({ id, agencyId, requestId }: RecipientRow): Promise<void> {
    const { audit } = this.#parts;
    const act = {
      type: 'footage.expired',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'footageRequest', id: requestId },
      details: { recipientId: id },
    } as const;
    await audit.recordOnce(act, (tx) => updateRecipient(tx, id, waitingStates, { state: 'expired' }));
  }

  async #sweep(now: Date): Promise<void> {
    const { db, folder, logger } = this.#parts;
    if (now.getTime() - this.#sweptAtMs < hourMs) return;
    this.#sweptAtMs = now.getTime();
    await this.#try(async () => {
      const files = await sweepFolder({ db, folder }, now);
      if (files > 0) logger.warn({ files }, 'Stored footage that no record named for a week was removed.');
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.logger.warn({ err: error }, 'A step of the clock for footage failed. Retrying.');
    }
  }

  async #tryMail(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const code = errorName(error);
      this.#parts.logger.warn({ code }, 'A mail about footage could not be sent. Retrying.');
    }
  }
}
