import type { Logger } from 'pino';
import type { OnvifPlace } from '../cameras/readOnvifCamera.ts';
import { OnvifClient } from '../onvif/OnvifClient.ts';
import { pause } from '../pause.ts';
import { RetrySupervisor, type RetryTimings } from '../retry/RetrySupervisor.ts';
import { type CameraError, toCameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import { InputMemory } from './InputMemory.ts';
import { PullPoint } from './PullPoint.ts';
import type { InputEvent } from './readInputEvents.ts';

export interface InputWatchTimings extends RetryTimings {
  readonly answerTimeoutMs: number;
  /** From one question to the next at least: a camera that always answers at once shall not keep the relay busy. */
  readonly leastPullMs: number;
  /** After an answer at most, however long it was to read: a button has to be heard. */
  readonly longestRestMs: number;
}

export const inputWatchTimings: InputWatchTimings = {
  answerTimeoutMs: 5_000,
  leastPullMs: 100,
  longestRestMs: 1_000,
  firstRetryMs: 500,
  // A button that is not heard is a danger: a camera that comes back is heard again within seconds.
  longestRetryMs: 10_000,
  longestPasswordRetryMs: 3_600_000,
  stableAfterMs: 10_000,
};

/** After an answer the relay rests for so many times as long as it took to read: that is where alerts and streams end. */
const restShare = 10;

export interface InputWatchOptions {
  /** Where the camera is now. */
  readonly place: () => Promise<OnvifPlace>;
  readonly rules: AddressRules;
  readonly timings: InputWatchTimings;
  readonly log: Pick<Logger, 'info' | 'warn' | 'debug'>;
  /** An input has changed, as `isActive` says. */
  readonly onChange: (told: InputEvent) => void;
}

/** Hears the digital inputs of one camera, and begins anew when that breaks off. */
export class InputWatch {
  readonly #options: InputWatchOptions;
  readonly #memory = new InputMemory();
  readonly #retry: RetrySupervisor;
  #isHeard = false;

  constructor(options: InputWatchOptions) {
    this.#options = options;
    this.#retry = new RetrySupervisor({
      timings: options.timings,
      log: options.log,
      attempt: ({ signal }) => this.#listen(signal),
      onWaiting: () => undefined,
    });
  }

  /** Whether a subscription stands. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  start(): void {
    this.#retry.start();
  }

  /** The camera is at another place, or has another password. */
  reopen(): void {
    this.#retry.reopen();
  }

  /** Resolves when the camera was told. Idempotent. */
  close(): Promise<void> {
    return this.#retry.close();
  }

  async #listen(signal: AbortSignal): Promise<{ error: CameraError; wellMs: number }> {
    const { place, rules, timings, log, onChange } = this.#options;
    let point: PullPoint | undefined;
    // By the monotonic clock: one on the wall that is set changes no pause.
    let wellSinceMs: number | undefined;
    try {
      const client = await OnvifClient.open({
        ...(await place()),
        rules,
        signal,
        answerTimeoutMs: timings.answerTimeoutMs,
      });
      // First, and without a sign-in: the sign-in goes by the camera's clock.
      await client.readClock();
      point = await PullPoint.open(client, timings.answerTimeoutMs);
      for (;;) {
        const askedAtMs = performance.now();
        const { events, readMs } = await point.pull();
        wellSinceMs ??= performance.now();
        if (!this.#isHeard) log.info('inputs are heard');
        this.#isHeard = true;
        const nowMs = performance.now();
        for (const told of events) if (this.#memory.isChange(told, nowMs)) onChange(told);
        const restMs = Math.min(timings.longestRestMs, readMs * restShare);
        await pause(Math.max(restMs, askedAtMs + timings.leastPullMs - performance.now()), signal);
        signal.throwIfAborted();
      }
    } catch (error) {
      return {
        error: toCameraError(error),
        wellMs: wellSinceMs === undefined ? 0 : performance.now() - wellSinceMs,
      };
    } finally {
      this.#isHeard = false;
      await point?.close();
    }
  }
}
