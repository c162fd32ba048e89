import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReorderWindow } from './ReorderWindow.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function openWindow() {
  const delivered: number[] = [];
  const window = new ReorderWindow((bytes, start) => delivered.push(bytes.readUInt16BE(start + 2)));
  const take = (...numbers: number[]) => {
    for (const number of numbers) window.take(Buffer.from([0x80, 96, (number >> 8) & 0xff, number & 0xff]), 0);
  };
  return { delivered, take, window };
}

describe('ReorderWindow', () => {
  test('passes packets in order at once, over the wrap as well', () => {
    const { delivered, take } = openWindow();
    take(65_534, 65_535, 0, 1);
    expect(delivered).toEqual([65_534, 65_535, 0, 1]);
  });

  test('puts late packets back into their place and drops those that come twice', () => {
    const { delivered, take } = openWindow();
    take(65_534, 0, 1, 65_535, 65_535, 0, 2);
    expect(delivered).toEqual([65_534, 65_535, 0, 1, 2]);
  });

  test('gives a lost packet up after a while, and then drops it when it comes', () => {
    const { delivered, take } = openWindow();
    take(1, 3, 4, 6);
    expect(delivered).toEqual([1]);
    vi.advanceTimersByTime(40);
    expect(delivered).toEqual([1, 3, 4]);
    vi.advanceTimersByTime(40);
    take(2, 5, 7);
    expect(delivered).toEqual([1, 3, 4, 6, 7]);
  });

  test('gives a lost packet up when too many wait for it', () => {
    const { delivered, take } = openWindow();
    take(1, ...Array.from({ length: 33 }, (_, index) => index + 3));
    expect(delivered).toEqual([1, ...Array.from({ length: 33 }, (_, index) => index + 3)]);
  });

  test('follows a camera that begins again at another number', () => {
    const { delivered, take } = openWindow();
    take(100, 102, 30_000, 30_001);
    expect(delivered).toEqual([100, 102, 30_000, 30_001]);
  });

  test('delivers every packet of a shuffled row once and in order', () => {
    const shifts = fc.array(fc.nat(8), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(shifts, (shift) => {
        const { delivered, take } = openWindow();
        const shuffled = shift
          .map((by, index) => ({ number: index + 1, place: index + by }))
          .sort((one, other) => one.place - other.place);
        take(0, ...shuffled.map(({ number }) => number));
        vi.advanceTimersByTime(1_000);
        expect(delivered).toEqual(Array.from({ length: 61 }, (_, index) => index));
      }),
    );
  });
});
