import type { Logger } from '../logger.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import type { Examiner } from './Examiner.ts';

const endedMs = 5_000;
const runningMs = 60_000;

/** Examines viewings soon after their end, and those that run once a minute. */
export class ReviewClock {
  readonly #job: RepeatingJob;

  private constructor(job: RepeatingJob) {
    this.#job = job;
  }

  static create(parts: { examiner: Pick<Examiner, 'examine'>; logger: Logger }): ReviewClock {
    let nextRunningMs = 0;
    const job = RepeatingJob.create({
      name: 'review clock',
      retryMs: endedMs,
      logger: parts.logger,
      run: async () => {
        const now = new Date();
        const isDue = performance.now() >= nextRunningMs;
        await parts.examiner.examine({ running: isDue }, now);
        if (isDue) nextRunningMs = performance.now() + runningMs;
        return endedMs;
      },
    });
    return new ReviewClock(job);
  }

  /** Idempotent. */
  close(): Promise<void> {
    return this.#job.close();
  }
}
