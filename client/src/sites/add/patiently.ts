import type { CallResult } from '../../api/CallResult.ts';
import { backOffMs } from '../../media/backOff.ts';

/** A test that was cancelled here goes on at the relay, for no longer than this, and has its place until then. */
const patienceMs = 120_000;
const firstRetryMs = 1_000;
const longestRetryMs = 8_000;

/** Asks again, ever more slowly, while there is too much to do at the other end. */
export async function patiently<T>(ask: () => Promise<CallResult<T>>, signal: AbortSignal): Promise<CallResult<T>> {
  const untilMs = performance.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    const result = await ask();
    const isTooMuch = result.state === 'failed' && result.error.code === 'tooManyRequests';
    if (!isTooMuch || performance.now() > untilMs) return result;
    if (!signal.aborted) await wait(backOffMs(tries, firstRetryMs, longestRetryMs), signal);
    if (signal.aborted) return { state: 'aborted' };
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end, { once: true });
  });
}
