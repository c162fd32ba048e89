import { errorName } from '../errorName.ts';
import type { Logger } from '../logger.ts';

/** Mails that are sent after the answer, which takes as long whether or not there is anything to send. */
export class Background {
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #running = new Set<Promise<void>>();

  constructor(logger: Pick<Logger, 'warn'>) {
    this.#logger = logger;
  }

  /** Does the work after the answer. What fails is logged; whoever wants it asks again, or a clock tries it again. */
  later(work: () => Promise<unknown>): void {
    const running = Promise.resolve()
      .then(work)
      .then(
        () => undefined,
        (error: unknown) => this.#logger.warn({ code: errorName(error) }, 'A mail could not be sent.'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
