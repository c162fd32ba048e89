import type { Lock, Locker } from '@tus/server';
import { CodedError } from '../errors.ts';

/** For so long a request waits for the one that has the upload. */
const mostWaitMs = 30_000;

interface Held {
  askForRelease: () => Promise<void> | void;
  freed: Promise<void>;
  free: () => void;
}

/**
 * One request of an upload at a time. Who waits asks the one that has it to come to its end, and sleeps until then: the
 * protocol's own locker looks again at each turn of the event loop.
 */
export class UploadLocker implements Locker {
  readonly #held = new Map<string, Held>();
  readonly #mostWaitMs: number;

  constructor(limits: { mostWaitMs: number } = { mostWaitMs }) {
    this.#mostWaitMs = limits.mostWaitMs;
  }

  /** `lock` throws `timedOut` when the upload is not free in time, or the request is over by then. */
  newLock(id: string): Lock {
    return {
      lock: async (signal, askForRelease) => {
        const wait = this.#held.has(id) ? startWait(signal, this.#mostWaitMs) : null;
        // Whoever finds it free takes it before anybody else can look: all who wait wake up together.
        for (let held = this.#held.get(id); held !== undefined; held = this.#held.get(id)) {
          if (wait === null || wait.isOver()) {
            throw new CodedError('timedOut', 'Another part of this upload is still being written.');
          }
          await held.askForRelease();
          await Promise.race([held.freed, wait.over]);
        }
        const { promise: freed, resolve: free } = Promise.withResolvers<void>();
        this.#held.set(id, { askForRelease, freed, free });
      },
      unlock: async () => {
        const held = this.#held.get(id);
        this.#held.delete(id);
        held?.free();
      },
    };
  }
}

/** A time that is over when the request is, too. */
function startWait(signal: AbortSignal, ms: number): { isOver: () => boolean; over: Promise<void> } {
  const end = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  end.addEventListener('abort', () => resolve(), { once: true });
  return { isOver: () => end.aborted, over };
}
