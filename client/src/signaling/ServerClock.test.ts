import { describe, expect, it } from 'vitest';
import { ServerClock } from './ServerClock.ts';

/** A server whose clock is ahead, over a line with the given delays there and back. */
function setUp(aheadMs: number, lines: readonly { thereMs: number; backMs: number }[]) {
  let nowMs = 50_000;
  let reading = 0;
  const source = {
    request: async () => {
      const line = lines[reading % lines.length];
      reading += 1;
      if (line === undefined) return { ok: false, error: { code: 'timedOut', message: '' } } as const;
      nowMs += line.thereMs;
      const serverTimeMs = nowMs + aheadMs;
      nowMs += line.backMs;
      return { ok: true, value: { serverTimeMs } } as const;
    },
  };
  return { clock: ServerClock.create(source, () => nowMs), now: () => nowMs };
}

describe('ServerClock', () => {
  it('is the local clock before the first reading', () => {
    const { clock, now } = setUp(500, []);
    expect(clock.nowMs()).toBe(now());
    expect(clock.uncertaintyMs).toBeNull();
  });

  it('finds the offset exactly where the way there is as long as the way back', async () => {
    const { clock } = setUp(1_234, [{ thereMs: 20, backMs: 20 }]);
    await clock.synchronise();
    expect(clock.offsetMs).toBe(1_234);
    expect(clock.uncertaintyMs).toBe(20);
  });

  it('believes the quickest of its readings', async () => {
    const slow = { thereMs: 300, backMs: 10 };
    const { clock } = setUp(-700, [slow, slow, { thereMs: 2, backMs: 2 }, slow, slow]);
    await clock.synchronise();
    expect(clock.offsetMs).toBe(-700);
  });

  it('believes a new reading alone after the machine has slept, however quick the ones before', async () => {
    const { clock } = setUp(600, [
      { thereMs: 1, backMs: 1 },
      { thereMs: 40, backMs: 40 },
    ]);
    await clock.synchronise(1);
    clock.forget();
    expect(clock.offsetMs).toBe(600);
    await clock.synchronise(1);
    expect(clock.uncertaintyMs).toBe(40);
  });

  it('drops a reading that was under way when the machine slept', async () => {
    const { clock } = setUp(600, [{ thereMs: 1, backMs: 1 }]);
    const reading = clock.synchronise(1);
    clock.forget();
    await reading;
    expect(clock.uncertaintyMs).toBeNull();
  });

  it('forgets old readings, so that it follows a clock that drifts', async () => {
    const { clock } = setUp(0, [
      { thereMs: 1, backMs: 1 },
      ...Array.from({ length: 8 }, () => ({ thereMs: 5, backMs: 5 })),
    ]);
    await clock.synchronise(9);
    expect(clock.uncertaintyMs).toBe(5);
  });
});
