import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hold, holdMs } from './Hold.ts';

let hold: Hold;
let told: string[];
let progress: number | null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  [told, progress] = [[], null];
  hold = new Hold({
    onHeld: () => told.push('held'),
    onPressed: () => told.push('pressed'),
    onProgress: (heldMs) => {
      progress = heldMs;
    },
  });
});
afterEach(() => {
  hold.release();
  vi.useRealTimers();
});

describe('a press', () => {
  it('that lasts acts once, and its click is a part of it', () => {
    hold.press();
    vi.advanceTimersByTime(holdMs - 100);
    expect(told).toEqual([]);
    expect(progress).toBeGreaterThan(holdMs - 200);
    vi.advanceTimersByTime(5 * holdMs);
    expect(told).toEqual(['held']);
    expect(progress).toBeNull();
    hold.release();
    hold.click();
    expect(told).toEqual(['held']);
  });

  it('that is short asks, as does a click that comes alone or with all that belongs to a press at once', () => {
    hold.press();
    vi.advanceTimersByTime(500);
    hold.release();
    hold.click();
    hold.click();
    hold.press();
    hold.release();
    hold.click();
    vi.advanceTimersByTime(2 * holdMs);
    expect(told).toEqual(['pressed', 'pressed', 'pressed']);
  });

  it('that slides off does nothing, and takes nothing from the next click', () => {
    hold.press();
    hold.cancel();
    vi.advanceTimersByTime(2 * holdMs);
    expect(told).toEqual([]);
    hold.click();
    expect(told).toEqual(['pressed']);
  });

  it('of a key acts when it lasts, and asks when it does not', () => {
    hold.press();
    hold.press();
    vi.advanceTimersByTime(holdMs + 100);
    hold.releaseKey();
    expect(told).toEqual(['held']);
    hold.press();
    hold.releaseKey();
    expect(told).toEqual(['held', 'pressed']);
  });

  it('of a key that went down elsewhere is nobody’s', () => {
    hold.releaseKey();
    expect(told).toEqual([]);
    hold.press();
    vi.advanceTimersByTime(holdMs + 100);
    hold.cancel();
    hold.releaseKey();
    expect(told).toEqual(['held']);
    hold.click();
    expect(told).toEqual(['held', 'pressed']);
  });
});
