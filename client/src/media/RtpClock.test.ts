import { describe, expect, it } from 'vitest';
import { RtpClock, rtpDifference } from './RtpClock.ts';

describe('rtpDifference', () => {
  it('counts over the end of the 32 bits in both directions', () => {
    expect(rtpDifference(100, 40)).toBe(60);
    expect(rtpDifference(40, 100)).toBe(-60);
    expect(rtpDifference(50, 2 ** 32 - 50)).toBe(100);
    expect(rtpDifference(2 ** 32 - 50, 50)).toBe(-100);
  });
});

describe('RtpClock', () => {
  it('knows nothing before its first anchor', () => {
    expect(new RtpClock().receivedAtMs(1)).toBeNull();
  });

  it('tells when a frame reached the relay, before and after the anchor', () => {
    const clock = new RtpClock();
    clock.anchor(90_000, 5_000);
    expect(clock.receivedAtMs(90_000)).toBe(5_000);
    expect(clock.receivedAtMs(93_000)).toBeCloseTo(5_033.33, 2);
    expect(clock.receivedAtMs(87_000)).toBeCloseTo(4_966.67, 2);
  });

  it('goes on when the timestamps wrap', () => {
    const clock = new RtpClock();
    clock.anchor(2 ** 32 - 4_500, 1_000);
    expect(clock.receivedAtMs(4_500)).toBe(1_100);
  });

  it('believes the anchor that was noticed earliest, and forgets it after some others', () => {
    const clock = new RtpClock();
    clock.anchor(0, 1_040);
    clock.anchor(90_000, 2_000);
    clock.anchor(180_000, 3_025);
    expect(clock.receivedAtMs(180_000)).toBe(3_000);
    for (let second = 3; second < 11; second += 1) clock.anchor(second * 90_000, second * 1_000 + 1_010);
    expect(clock.receivedAtMs(10 * 90_000)).toBe(11_010);
  });

  it('begins anew when the stream counts from somewhere else', () => {
    const clock = new RtpClock();
    clock.anchor(90_000, 5_000);
    clock.anchor(7_000_000, 6_000);
    expect(clock.receivedAtMs(7_000_090)).toBe(6_001);
  });
});
