import type { AuditType } from '@commonsight/types/audit-event';
import type { Logger } from '../logger.ts';
import {
  type ApplicationRow,
  erased,
  listOld,
  listUnmailed,
  listUntold,
  listUnverified,
  removeUnverified,
  updateApplication,
} from './applicationRepository.ts';
import type { ApplicationParts } from './Applications.ts';

/** For so long a refusal that cannot be mailed is tried; what was said is erased then, whether or not it could be. */
const longestTellingMs = 48 * 60 * 60_000;

/** What happens to applications by the passing of time: mails that wait or failed, and the ends. */
export class ApplicationClock {
  readonly #parts: Omit<ApplicationParts, 'keys'> & { logger: Pick<Logger, 'warn'> };

  constructor(parts: Omit<ApplicationParts, 'keys'> & { logger: Pick<Logger, 'warn'> }) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    const { db, mails } = this.#parts;
    for (const row of await listUnverified(db, now)) {
      await this.#record('application.expired', row);
      await removeUnverified(db, row.id);
    }
    for (const row of await listOld(db, now)) {
      await this.#record('application.erased', row);
      const state = row.state === 'waiting' ? ('expired' as const) : row.state;
      await updateApplication(db, row, [row.state], { state, secretHash: null, ...erased });
    }
    for (const row of await listUnmailed(db)) await this.#try(row, () => mails.sendLink(row.id, now));
    for (const row of await listUntold(db)) {
      const isTooLate = row.state === 'refused' && now.getTime() - (row.decidedAt?.getTime() ?? 0) > longestTellingMs;
      if (isTooLate) {
        await this.#record('application.erased', row);
        await updateApplication(db, row, ['refused'], erased);
      } else {
        await this.#try(row, () => mails.sendDecision(row.id, now));
      }
    }
  }

  async #try({ id }: ApplicationRow, mail: () => Promise<void>): Promise<void> {
    try {
      await mail();
    } catch {
      this.#parts.logger.warn({ applicationId: id }, 'A mail to an applicant could not be sent. Retrying.');
    }
  }

  #record(type: AuditType, { id, agencyId }: ApplicationRow): Promise<void> {
    const actor = { kind: 'system' as const, agencyId };
    return this.#parts.audit.record({ type, outcome: 'done', actor, target: { kind: 'application', id } });
  }
}
