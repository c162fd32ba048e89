import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import type { Notices } from '../notices.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import { endDueGrants } from './endDueGrants.ts';
import { nextGrantEnd } from './grantRepository.ts';

/** The clock looks at least this often, so that a change of the machine's time is noticed. */
const longestWaitMs = 30_000;
const retryMs = 1_000;

/**
 * Marks grants as ended when their time is over and tells it. Nothing hangs on its punctuality: a grant past its end
 * is not running for anybody who asks, and the SFU host closes consumers by their own end.
 */
export class GrantClock {
  readonly #job: RepeatingJob;
  readonly #unsubscribe: () => void;

  private constructor(job: RepeatingJob, unsubscribe: () => void) {
    this.#job = job;
    this.#unsubscribe = unsubscribe;
  }

  /** Starts the clock; what ended while no server ran is marked at once. */
  static create(parts: { db: Db; audit: Audit; notices: Notices; logger: Logger }): GrantClock {
    const { db, audit, notices, logger } = parts;
    const job = RepeatingJob.create({
      name: 'grant clock',
      retryMs,
      logger,
      run: async () => {
        await endDueGrants({ db, audit, notices }, new Date());
        const next = await nextGrantEnd(db);
        if (next === null) return longestWaitMs;
        return Math.min(Math.max(next.getTime() - Date.now(), 0), longestWaitMs);
      },
    });
    // A new or extended grant may be the next to end.
    return new GrantClock(
      job,
      notices.on('grantChanged', () => job.wake()),
    );
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#job.close();
  }
}
