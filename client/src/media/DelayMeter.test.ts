import { describe, expect, it } from 'vitest';
import { DelayMeter, percentile } from './DelayMeter.ts';

function addDelays(meter: DelayMeter, fromMs: number, delays: readonly number[]): void {
  delays.forEach((delayMs, i) => meter.add(delayMs, fromMs + i * 100));
}

describe('DelayMeter', () => {
  it('has no number before it was measured for a moment', () => {
    const meter = new DelayMeter();
    addDelays(meter, 0, [30, 31, 32]);
    expect(meter.delayMs).toBeNull();
  });

  it('publishes the median of a second, so that one late frame does not count', () => {
    const meter = new DelayMeter();
    addDelays(meter, 0, [30, 30, 31, 31, 900, 32, 31, 30, 31, 32, 31]);
    expect(meter.delayMs).toBe(31);
  });

  it('follows a change within some seconds', () => {
    const meter = new DelayMeter();
    for (let second = 0; second < 6; second += 1) {
      addDelays(
        meter,
        second * 1_100,
        Array.from({ length: 11 }, () => (second === 0 ? 30 : 130)),
      );
    }
    expect(meter.delayMs).toBeGreaterThan(125);
  });

  it('takes a small negative delay for zero and drops what cannot be', () => {
    const meter = new DelayMeter();
    addDelays(meter, 0, [-8, -8, -8, 5_000_000, -400, -8, -8, -8, -8, -8, -8]);
    expect(meter.delayMs).toBe(0);
    expect(meter.recent(1_000)).toHaveLength(9);
  });

  it('forgets samples after some seconds', () => {
    const meter = new DelayMeter();
    addDelays(meter, 0, [10, 20]);
    expect(meter.recent(4_000)).toHaveLength(2);
    expect(meter.recent(9_000)).toHaveLength(0);
  });
});

describe('percentile', () => {
  it('takes the number at the share of the way', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(percentile(numbers, 0.95)).toBe(96);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBeNull();
  });
});
