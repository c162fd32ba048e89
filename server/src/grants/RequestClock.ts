import type { Logger } from '../logger.ts';
import type { Notices } from '../notices.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import type { BreakGlass } from './BreakGlass.ts';
import type { GrantRequests } from './GrantRequests.ts';

/** The clock looks at least this often, so that a change of the machine's time is noticed. */
const longestWaitMs = 30_000;
const retryMs = 1_000;

/** What may make a request vain, or another one the next to be late. */
const wakers = [
  'grantRequestChanged',
  'breakGlassChanged',
  'incidentChanged',
  'userDisabled',
  'policyProposalChanged',
] as const;

/**
 * Ends grant requests that nobody can approve any more, and tells when a justification of break-glass is overdue. Nothing
 * hangs on its punctuality: who decides or reads looks at the time too.
 */
export class RequestClock {
  readonly #job: RepeatingJob;
  readonly #unsubscribes: (() => void)[];

  private constructor(job: RepeatingJob, unsubscribes: (() => void)[]) {
    this.#job = job;
    this.#unsubscribes = unsubscribes;
  }

  /** Starts the clock; what became late while no server ran is marked at once. */
  static create(parts: {
    grantRequests: Pick<GrantRequests, 'endVain'>;
    breakGlass: Pick<BreakGlass, 'tellOverdue'>;
    notices: Notices;
    logger: Logger;
  }): RequestClock {
    const job = RepeatingJob.create({
      name: 'request clock',
      retryMs,
      logger: parts.logger,
      run: async () => {
        const now = new Date();
        const nexts = [await parts.grantRequests.endVain(now), await parts.breakGlass.tellOverdue(now)];
        const waitsMs = nexts.map((next) => (next === null ? longestWaitMs : next.getTime() - Date.now()));
        return Math.max(Math.min(...waitsMs, longestWaitMs), 0);
      },
    });
    return new RequestClock(
      job,
      wakers.map((name) => parts.notices.on(name, () => job.wake())),
    );
  }

  /** Idempotent. */
  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    await this.#job.close();
  }
}
