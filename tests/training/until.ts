import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  timeoutMs: number;
  everyMs?: number;
  signal?: AbortSignal | undefined;
}

/** Asks again and again until the condition holds. Returns false when the time is over; throws when it is called off. */
export async function until(condition: () => Promise<boolean> | boolean, options: UntilOptions): Promise<boolean> {
  const { timeoutMs, everyMs = 100, signal } = options;
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await condition()) return true;
    if (performance.now() >= endMs) return false;
    await sleep(everyMs, undefined, signal ? { signal } : {});
  }
}
