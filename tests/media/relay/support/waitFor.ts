import { setTimeout as wait } from 'node:timers/promises';

const deadlineMs = 120_000;
const pollMs = 25;

/** Waits until the question has an answer that is neither undefined nor false. */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs: number = deadlineMs,
): Promise<T> {
  const endsAtMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > endsAtMs) throw new Error(`This did not happen in ${timeoutMs} ms: ${what}`);
    await wait(pollMs);
  }
}
