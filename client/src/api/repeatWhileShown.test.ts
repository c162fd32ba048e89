import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeatWhileShown, type Repeating } from './repeatWhileShown.ts';

const everyMs = 2_000;
const timeoutMs = 8_000;

/** The questions that were asked, each with what ends it. */
let asked: { signal: AbortSignal; answer: (wanted: 'goOn' | 'enough') => void }[];
let page: EventTarget & { visibilityState: string };
let repeating: Repeating;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  asked = [];
  repeating = repeatWhileShown({ ask, everyMs, timeoutMs });
});
afterEach(() => {
  repeating.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Like a call, it ends when its signal aborts. */
function ask(signal: AbortSignal): Promise<'goOn' | 'enough'> {
  return new Promise((resolve) => {
    asked.push({ signal, answer: resolve });
    signal.addEventListener('abort', () => resolve('goOn'));
  });
}

/** Why a question was given up. */
function reasonOf(at: number): string | null {
  const reason: unknown = asked[at]?.signal.reason;
  return reason instanceof DOMException ? reason.name : null;
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

function show(visibilityState: 'visible' | 'hidden'): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}

test('asks at once, and again after each answer', async () => {
  expect(asked).toHaveLength(1);
  await pass(3 * everyMs);
  expect(asked).toHaveLength(1);
  asked[0]?.answer('goOn');
  await pass(everyMs - 1);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
});

test('gives up an answer that never comes, and asks anew', async () => {
  await pass(timeoutMs - 1);
  expect(asked[0]?.signal.aborted).toBe(false);
  await pass(1);
  expect(reasonOf(0)).toBe('TimeoutError');
  await pass(everyMs);
  expect(asked).toHaveLength(2);
  expect(asked[1]?.signal.aborted).toBe(false);
  // One that came in time is not given up later.
  asked[1]?.answer('goOn');
  await pass(timeoutMs);
  expect(asked[1]?.signal.aborted).toBe(false);
});

test('asks nothing while the page is hidden, and at once when it is shown again', async () => {
  asked[0]?.answer('goOn');
  show('hidden');
  await pass(10 * everyMs);
  expect(asked).toHaveLength(1);
  show('visible');
  expect(asked).toHaveLength(2);
  // Not before it is due: a page that is shown again and again asks no more often.
  asked[1]?.answer('goOn');
  await pass(everyMs / 2);
  show('hidden');
  show('visible');
  expect(asked).toHaveLength(2);
  await pass(everyMs / 2);
  expect(asked).toHaveLength(3);
});

test('asks at once when it is told to, and takes the answer of that question alone', async () => {
  repeating.again();
  expect(asked).toHaveLength(2);
  expect(reasonOf(0)).toBe('AbortError');
  await pass(everyMs);
  expect(asked).toHaveLength(2);
  asked[1]?.answer('goOn');
  await pass(everyMs);
  expect(asked).toHaveLength(3);
});

test('ends when it is stopped, and when there is enough', async () => {
  repeating.stop();
  expect(asked[0]?.signal.aborted).toBe(true);
  await pass(10 * timeoutMs);
  show('visible');
  expect(asked).toHaveLength(1);

  repeating = repeatWhileShown({ ask, everyMs, timeoutMs });
  asked[1]?.answer('enough');
  await pass(10 * timeoutMs);
  expect(asked).toHaveLength(2);
});
