import type { Logger } from './logger.ts';

/**
 * Runs a job again and again, never twice at once. The job answers after how many milliseconds it wants to run again;
 * a job that fails is logged and tried again.
 */
export class RepeatingJob {
  readonly #name: string;
  readonly #run: () => Promise<number>;
  readonly #retryMs: number;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isWoken = false;
  #isClosed = false;

  private constructor(options: RepeatingJobOptions) {
    this.#name = options.name;
    this.#run = options.run;
    this.#retryMs = options.retryMs;
    this.#logger = options.logger;
  }

  /** Starts the job; it runs at once. */
  static create(options: RepeatingJobOptions): RepeatingJob {
    const job = new RepeatingJob(options);
    job.wake();
    return job;
  }

  /** Starts a job that runs at once and then again and again, with this time between its runs, whether they failed or not. */
  static every(
    periodMs: number,
    name: string,
    { logger, run }: { logger: Logger; run: () => Promise<unknown> },
  ): RepeatingJob {
    return RepeatingJob.create({
      name,
      retryMs: periodMs,
      logger,
      run: async () => {
        await run();
        return periodMs;
      },
    });
  }

  /** Runs the job now, or once more when it is running. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isWoken = true;
    this.#running ??= this.#runWhileWoken().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when the job is not running any more; it will not run again. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #runWhileWoken(): Promise<void> {
    let delayMs = this.#retryMs;
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      try {
        delayMs = await this.#run();
      } catch (error) {
        delayMs = this.#retryMs;
        this.#logger.warn({ err: error, job: this.#name }, 'A job failed. Retrying.');
      }
    }
    this.#schedule(delayMs);
  }

  #schedule(delayMs: number): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), delayMs);
  }
}

export interface RepeatingJobOptions {
  name: string;
  run: () => Promise<number>;
  retryMs: number;
  logger: Logger;
}
