import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coalescer } from './Coalescer.ts';

describe('a coalescer', () => {
  const told: string[] = [];
  let coalescer: Coalescer<string>;

  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    coalescer = new Coalescer({ periodMs: 200, tell: (value) => told.push(value) });
  });
  afterEach(() => vi.useRealTimers());

  it('tells the first at once, then the latest of each period, and never loses the last', () => {
    for (let index = 0; index < 1_000; index += 1) {
      coalescer.tell('one', `one ${index}`);
      vi.advanceTimersByTime(1);
    }
    coalescer.tell('two', 'two');
    expect(told[0]).toBe('one 0');
    expect(told.length).toBeLessThanOrEqual(7);
    vi.advanceTimersByTime(200);
    expect(told).toContain('two');
    expect(told.filter((value) => value !== 'two').at(-1)).toBe('one 999');
    vi.advanceTimersByTime(1_000);
    coalescer.tell('one', 'later');
    expect(told.at(-1)).toBe('later');
  });

  it('tells nothing after its end', () => {
    for (const value of ['first', 'second']) coalescer.tell('one', value);
    coalescer.close();
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['first']);
  });
});
