import type { AuditType } from '@commonsight/types/audit-event';
import { footagePauseDays } from '@commonsight/types/footage';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import type { FootageMails } from './FootageMails.ts';
import type { FootageUploads } from './FootageUploads.ts';
import type { RecipientRow } from './footageRepository.ts';
import {
  listAbandoned,
  listPastDeadline,
  listToRemind,
  listUnmailed,
  removeLinksOver,
  updateRecipient,
  waitingStates,
} from './recipientRepository.ts';

const dayMs = 24 * 60 * 60_000;

export interface FootageClockParts {
  db: Db;
  audit: Audit;
  uploads: Pick<FootageUploads, 'drop'>;
  mails: FootageMails;
  logger: Pick<Logger, 'warn'>;
}

/** What happens to requests by the passing of time. Every act has its line first. */
export class FootageClock {
  readonly #parts: FootageClockParts;

  constructor(parts: FootageClockParts) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    const { db, mails, uploads } = this.#parts;
    await removeLinksOver(db, now);
    for (const { id } of await listUnmailed(db, now)) await this.#try(() => mails.sendRequest(id, now));
    for (const { id } of await listToRemind(db, now)) await this.#try(() => mails.sendReminder(id, now));
    const before = new Date(now.getTime() - footagePauseDays * dayMs);
    for (const file of await listAbandoned(db, before, now)) {
      const details = { recipientId: file.recipientId, fileId: file.id };
      await this.#record('footage.uploadRemoved', file.agencyId, { kind: 'footageFile', id: file.id }, details);
      await uploads.drop(file);
    }
    for (const row of await listPastDeadline(db, now)) await this.#expire(row);
  }

  async #expire({ id, agencyId, requestId }: RecipientRow): Promise<void> {
    const details = { recipientId: id };
    await this.#record('footage.expired', agencyId, { kind: 'footageRequest', id: requestId }, details);
    await updateRecipient(this.#parts.db, id, waitingStates, { state: 'expired' });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Of a mail server's error the name alone: its text may name the address.
      const code = error instanceof Error ? error.name : 'unknown';
      this.#parts.logger.warn({ code }, 'A mail about footage could not be sent. Retrying.');
    }
  }

  #record(
    type: AuditType,
    agencyId: string,
    target: { kind: 'footageRequest' | 'footageFile'; id: string },
    details: Record<string, unknown>,
  ): Promise<void> {
    const actor = { kind: 'system' as const, agencyId };
    return this.#parts.audit.record({ type, outcome: 'done', actor, target, details });
  }
}
