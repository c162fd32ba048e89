/** A server that hangs is one that does not answer. It is longer than the server waits for a relay. */
const answerTimeoutMs = 8_000;

export interface Repeating {
  /** Asks at once, and goes on from there. */
  again: () => void;
  /** Idempotent. */
  stop: () => void;
}

interface Repeated {
  /**
   * Asks once. The signal aborts when the answer is not wanted any more, and with a `TimeoutError` when it takes too long.
   * `enough`: nothing is to be asked any more.
   */
  ask: (signal: AbortSignal) => Promise<'goOn' | 'enough'>;
  /** From an answer, or from giving one up, to the next question. */
  everyMs: number;
  timeoutMs?: number;
}

/**
 * Asks at once, and again and again, one question at a time. While the page is hidden nothing is asked; what is due then is
 * asked as soon as somebody sees the page. An answer that never comes, as on a phone that changes its network, is given up and
 * asked for anew.
 */
export function repeatWhileShown({ ask, everyMs, timeoutMs = answerTimeoutMs }: Repeated): Repeating {
  /** Of the question that waits for its answer. */
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;

  async function go(): Promise<void> {
    end();
    isDue = false;
    const mine = new AbortController();
    asking = mine;
    timer = setTimeout(() => mine.abort(new DOMException('No answer came in time.', 'TimeoutError')), timeoutMs);
    const wanted = await ask(mine.signal);
    if (asking !== mine) return;
    asking = null;
    clearTimeout(timer);
    if (wanted === 'enough') stop();
    else timer = setTimeout(due, everyMs);
  }

  function due(): void {
    isDue = document.visibilityState === 'hidden';
    if (!isDue) void go();
  }

  function lookWhetherDue(): void {
    if (isDue) due();
  }

  function end(): void {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  }

  function stop(): void {
    document.removeEventListener('visibilitychange', lookWhetherDue);
    isDue = false;
    end();
  }

  document.addEventListener('visibilitychange', lookWhetherDue);
  void go();
  return { again: () => void go(), stop };
}
