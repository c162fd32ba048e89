import type { Logger } from 'pino';

/** Why a message was dropped. */
export type DropReason = 'noAcknowledgement' | 'unknownName';

const reportAfterMs = 10_000;

/** Counts messages that cannot be answered, and says so once a period instead of once each. */
export class DroppedMessages {
  readonly counts: Record<DropReason, number> = { noAcknowledgement: 0, unknownName: 0 };
  readonly #log: Logger;
  #report: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  count(reason: DropReason): void {
    this.counts[reason] += 1;
    this.#report ??= setTimeout(() => {
      this.#report = undefined;
      this.#log.warn({ dropped: this.counts }, 'messages of the control link dropped so far');
    }, reportAfterMs);
  }

  close(): void {
    clearTimeout(this.#report);
  }
}
