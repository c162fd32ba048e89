import type { Logger } from 'pino';
import { pause } from '../pause.ts';
import type { CameraError } from '../rtsp/CameraError.ts';

export interface RetryTimings {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** A camera that refuses a password locks its user out after some attempts, so they become rare. */
  readonly longestPasswordRetryMs: number;
  /** After so long without a fault the next retry is a first one again. */
  readonly stableAfterMs: number;
}

/** What went wrong, and since when nothing has been well. Moments are of `Date.now()`. */
export interface Failure {
  readonly error: CameraError;
  readonly sinceMs: number;
}

export interface Attempt {
  readonly signal: AbortSignal;
  readonly startedAtMs: number;
  /** The last failure, until something has been well again. */
  readonly failure: Failure | undefined;
}

export interface RetrySupervisorOptions {
  /** One try from opening to its end, and for how long it was well. Ends with the signal, and never rejects. */
  readonly attempt: (attempt: Attempt) => Promise<{ error: CameraError; wellMs: number }>;
  readonly onWaiting: (failure: Failure, retryAtMs: number) => void;
  readonly timings: RetryTimings;
  readonly log: Pick<Logger, 'warn' | 'debug'>;
  /** 0 to 1; spreads the retries of many cameras that failed together. */
  readonly random?: (() => number) | undefined;
}

/** Keeps something of a camera open: opens it, and the next one when it fails, with growing pauses. The only place that tries again. */
export class RetrySupervisor {
  readonly #options: RetrySupervisorOptions;
  readonly #abort = new AbortController();
  /** Ends the try or the pause of now. */
  #attempt = new AbortController();
  #failures = 0;
  #run: Promise<void> | undefined;

  constructor(options: RetrySupervisorOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#abort.signal.aborted;
  }

  start(): void {
    this.#run ??= this.#keepOpen();
  }

  /** Ends the try of now and begins the next at once. It is no failure. */
  reopen(): void {
    this.#failures = 0;
    this.#attempt.abort();
  }

  /** Resolves when the last try has ended. Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    this.#attempt.abort();
    await this.#run;
  }

  async #keepOpen(): Promise<void> {
    const { attempt, onWaiting, timings } = this.#options;
    const { signal } = this.#abort;
    let failedSinceMs: number | undefined;
    let failure: CameraError | undefined;
    while (!signal.aborted) {
      this.#attempt = new AbortController();
      const { signal: ended } = this.#attempt;
      const startedAtMs = Date.now();
      const before = failure === undefined ? undefined : { error: failure, sinceMs: failedSinceMs ?? startedAtMs };
      const { error, wellMs } = await attempt({ signal: ended, startedAtMs, failure: before });
      if (signal.aborted) return;
      if (ended.aborted) {
        failure = undefined;
        failedSinceMs = undefined;
        continue;
      }
      if (wellMs > 0) failedSinceMs = undefined;
      if (wellMs >= timings.stableAfterMs) this.#failures = 0;
      failedSinceMs ??= Date.now();
      this.#logFailure(error, failure);
      failure = error;
      const delayMs = this.#nextDelayMs(error);
      this.#failures += 1;
      onWaiting({ error, sinceMs: failedSinceMs }, Date.now() + delayMs);
      await pause(delayMs, ended);
    }
  }

  #nextDelayMs({ fault }: CameraError): number {
    const { firstRetryMs, longestRetryMs, longestPasswordRetryMs } = this.#options.timings;
    if (fault === 'wrongPassword') return Math.min(longestPasswordRetryMs, longestRetryMs * (this.#failures + 1));
    const random = this.#options.random ?? Math.random;
    return Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures) * (0.8 + random() * 0.2);
  }

  /** The same fault again and again is said once. */
  #logFailure(error: CameraError, before: CameraError | undefined): void {
    const isSame = error.fault === before?.fault && this.#failures > 0;
    this.#options.log[isSame ? 'debug' : 'warn'](
      { fault: error.fault, err: error },
      'camera failed, will be tried again',
    );
  }
}
