import { describe, expect, test } from 'vitest';
import { Lateness } from './Lateness.ts';

/** Thirty pictures a second from `fromMs` on, each of which goes in; `cameOut` is the test's. */
function putIn(lateness: Lateness, fromMs: number, pictures: number): number[] {
  return Array.from({ length: pictures }, (_, index) => {
    const atMs = fromMs + index * 33;
    lateness.wentIn(atMs, { rtpTimestamp: atMs * 90, receivedAtMs: atMs });
    return atMs;
  });
}

describe('SHR13 the masking', () => {
  test('that starts slowly is not behind before it has caught up, and does not hang while pictures come', () => {
    const lateness = new Lateness(0);
    const times = putIn(lateness, 0, 150);
    expect([lateness.isBehind(4_900), lateness.isHanging(2_900)]).toEqual([false, false]);
    // The first picture after 4.9 s, and then twice as fast as they come.
    for (const [index, time] of times.entries()) {
      const nowMs = 4_900 + index * 16;
      expect(lateness.isBehind(nowMs)).toBe(false);
      expect(lateness.cameOut(time, nowMs)).toMatchObject({ receivedAtMs: time });
      expect(lateness.isHanging(nowMs)).toBe(false);
    }
    putIn(lateness, 8_000, 5);
    expect([lateness.isBehind(8_600), lateness.isBehind(8_701)]).toEqual([false, true]);
  });

  test('that swallows pictures is given the next key frame all the same', () => {
    const lateness = new Lateness(0);
    putIn(lateness, 0, 6);
    lateness.cameOut(0, 5);
    expect([lateness.isBehind(800), lateness.hasRoom(800, true)]).toEqual([true, true]);
    // What it has not taken yet is not swallowed.
    expect(lateness.hasRoom(800, false)).toBe(false);
    lateness.countFrom(800);
    putIn(lateness, 800, 1);
    expect(lateness.isBehind(900)).toBe(false);
    expect(lateness.cameOut(800, 910)).toBeDefined();
    expect([lateness.isBehind(9_000), lateness.isHanging(9_000)]).toEqual([false, false]);
  });

  test('that is slow has no room before it has caught up', () => {
    const lateness = new Lateness(0);
    const times = putIn(lateness, 0, 60);
    lateness.cameOut(times[0] ?? 0, 10);
    lateness.cameOut(times[1] ?? 0, 1_900);
    expect([lateness.isBehind(1_950), lateness.hasRoom(1_950, true)]).toEqual([true, false]);
    lateness.cameOut(times[55] ?? 0, 1_960);
    expect(lateness.hasRoom(1_960, false)).toBe(true);
  });

  test('that is slower than pictures come is behind, though it has never caught up', () => {
    const lateness = new Lateness(0);
    const behind: boolean[] = [];
    // Its first picture after a second, and then one for each three that come.
    const taken: number[] = [];
    for (let atMs = 0; atMs < 11_000; atMs += 33) {
      lateness.wentIn(atMs, { rtpTimestamp: atMs * 90, receivedAtMs: atMs });
      taken.push(atMs);
      if (atMs < 1_000 || atMs % 99 !== 0) continue;
      lateness.cameOut(taken.shift() ?? 0, atMs);
      behind.push(lateness.isBehind(atMs));
    }
    expect([behind[0], behind.at(-1)]).toEqual([false, true]);
  });

  test('that keeps some pictures back to put them in order is not behind, however slowly they come', () => {
    const lateness = new Lateness(0);
    for (let atMs = 0; atMs < 30_000; atMs += 1_000) {
      lateness.wentIn(atMs, { rtpTimestamp: atMs * 90, receivedAtMs: atMs });
      if (atMs >= 3_000) lateness.cameOut(atMs - 3_000, atMs + 50);
      expect([lateness.isBehind(atMs + 60), lateness.isBehind(atMs + 900)]).toEqual([false, false]);
    }
  });

  test('that gives nothing for three seconds hangs, also when it is given more', () => {
    const lateness = new Lateness(0);
    putIn(lateness, 0, 200);
    lateness.cameOut(0, 10);
    expect([lateness.isHanging(3_000), lateness.isHanging(3_100)]).toEqual([false, true]);
    lateness.forgive(3_100);
    expect([lateness.isHanging(6_000), lateness.isHanging(6_200)]).toEqual([false, true]);
  });

  test('gives no picture that it never got', () => {
    const lateness = new Lateness(0);
    putIn(lateness, 0, 1);
    expect(lateness.cameOut(7, 7)).toBeUndefined();
  });
});
