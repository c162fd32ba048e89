import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the question is answered with something other than false, null or undefined; fails after a deadline. */
export async function until<T>(
  ask: () => T | Promise<T>,
  timeoutMs = 90_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as Exclude<T, false | null | undefined>;
    }
    if (Date.now() > deadline) throw new Error(`Not so after ${timeoutMs} ms: ${ask.toString()}`);
    await wait(20);
  }
}
