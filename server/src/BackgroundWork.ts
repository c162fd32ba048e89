import type { Logger } from './logger.ts';

/** Work that nobody waits for: its failures are logged, and closing waits for it. */
export class BackgroundWork {
  readonly #running = new Set<Promise<void>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  run(what: string, work: Promise<unknown>): void {
    const running = work
      .then(
        () => undefined,
        (error: unknown) => this.#logger.error({ err: error, what }, 'Work in the background failed.'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when nothing runs any more. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
