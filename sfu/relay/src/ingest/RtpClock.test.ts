import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RtpClock } from './RtpClock.ts';

const frameMs = 1000 / 30;
const frameTicks = 3_000;

interface Frame {
  camera: number;
  atMs: number;
}

function framesOf(
  count: number,
  timestampOf: (frame: number) => number,
  delayOf: (frame: number) => number = () => 0,
): Frame[] {
  return Array.from({ length: count }, (_, frame) => ({
    camera: timestampOf(frame) >>> 0,
    atMs: 5_000 + frame * frameMs + delayOf(frame),
  }));
}

function stepsOf(clock: RtpClock, frames: readonly Frame[]): number[] {
  const out = frames.map(({ camera, atMs }) => clock.next(camera, atMs));
  return out.slice(1).map((timestamp, index) => (timestamp - (out[index] ?? 0)) >>> 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('RtpClock', () => {
  test('keeps the camera’s intervals, however the packets arrive, and over the wrap', () => {
    const jitter = (frame: number) => (frame % 7) * 5;
    const steps = stepsOf(
      new RtpClock(),
      framesOf(300, (frame) => 0xffff_0000 + frame * frameTicks, jitter),
    );
    expect(new Set(steps)).toEqual(new Set([frameTicks]));
  });

  test('keeps them when the network stands still for two seconds', () => {
    const stall = (frame: number) => (frame >= 30 && frame < 90 ? (90 - frame) * frameMs : 0);
    const steps = stepsOf(
      new RtpClock(),
      framesOf(200, (frame) => frame * frameTicks, stall),
    );
    expect(new Set(steps)).toEqual(new Set([frameTicks]));
  });

  test('goes over a jump of an hour, there and back', () => {
    const jumping = (frame: number) => frame * frameTicks + (Math.floor(frame / 60) % 2) * 324_000_000;
    const steps = stepsOf(new RtpClock(), framesOf(600, jumping));
    expect(Math.max(...steps)).toBeLessThan(2 * frameTicks);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(sum(steps) / (599 * frameTicks)).toBeCloseTo(1, 2);
  });

  test.each([10, 3, 0.1, 0])('follows real time when the camera’s clock runs %s times as fast', (speed) => {
    const clock = new RtpClock();
    const frames = framesOf(1200, (frame) => Math.round(frame * frameTicks * speed));
    stepsOf(clock, frames.slice(0, 600));
    const later = stepsOf(clock, frames.slice(600));
    expect(sum(later) / (599 * frameTicks)).toBeCloseTo(1, 1);
    expect(Math.min(...later)).toBeGreaterThan(0);
  });

  test('trusts a clock again that became right', () => {
    const clock = new RtpClock();
    stepsOf(
      clock,
      framesOf(300, (frame) => frame * frameTicks * 10),
    );
    const rightFrames = framesOf(
      3_000,
      (frame) => frame * frameTicks,
      (frame) => 10_000 + (frame % 2) * 10,
    );
    expect(new Set(stepsOf(clock, rightFrames).slice(-600))).toEqual(new Set([frameTicks]));
  });

  test('goes on in real time over a reconnect', () => {
    const clock = new RtpClock();
    const before = clock.next(1_000, 5_000);
    clock.restart();
    expect((clock.next(4_000_000_000, 8_000) - before) >>> 0).toBe(3_000 * 90);
  });

  test('gives B-frames a place after the frame that they come behind', () => {
    const order = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8];
    const steps = stepsOf(
      new RtpClock(),
      framesOf(10, (frame) => (order[frame] ?? 0) * frameTicks),
    );
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(sum(steps)).toBe(9 * frameTicks + 2 * 90);
  });

  test('never goes back or far ahead, whatever comes', () => {
    const frame = fc.record({ camera: fc.nat(0xffff_ffff), waitMs: fc.nat(200) });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 2 }), (frames) => {
        let atMs = 0;
        const steps = stepsOf(
          new RtpClock(),
          frames.map(({ camera, waitMs }) => ({ camera, atMs: (atMs += waitMs) })),
        );
        expect(Math.min(...steps)).toBeGreaterThanOrEqual(90);
        expect(Math.max(...steps)).toBeLessThan(4_000 * 90);
      }),
    );
  });
});
