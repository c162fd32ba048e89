import { expect, test } from 'vitest';
import { bandwidthOf } from './bandwidth.ts';

const camera = (main: number | null, sending = 0) => ({
  cameraId: crypto.randomUUID(),
  awaitsOwner: false,
  streams: ['main' as const],
  tested: { main, sub: null },
  check: null,
  sending: sending === 0 ? [] : [{ kind: 'main' as const, kilobitsPerSecond: sending }],
});

test('without a plan it is asked for', () => {
  expect(bandwidthOf([camera(4_000)], null)).toMatchObject({ level: 'noPlan', everything: 4_000, fit: null });
});

test('a line that carries all at once is good, one that does not says how many', () => {
  const cameras = Array.from({ length: 130 }, () => camera(4_000));
  expect(bandwidthOf(cameras, 1_000_000)).toMatchObject({ level: 'good', everything: 520_000 });
  expect(bandwidthOf(cameras, 100_000)).toMatchObject({ level: 'warn', fit: 20 });
});

test('a line that is full now goes before everything else', () => {
  expect(bandwidthOf([camera(1_000, 900)], 1_000)).toMatchObject({ level: 'over', now: 900 });
});

test('cameras that were not tested are counted and not guessed', () => {
  expect(bandwidthOf([camera(null), camera(2_000)], 10_000)).toMatchObject({ untested: 1, everything: 2_000 });
});

test('nothing is promised of what was not measured', () => {
  expect(bandwidthOf([], 10_000)).toMatchObject({ level: 'unknown', fit: null });
  const byHand = Array.from({ length: 130 }, () => camera(null));
  expect(bandwidthOf(byHand, 1_000_000)).toMatchObject({ level: 'unknown', untested: 130 });
  const { level, whatToDo } = bandwidthOf([...byHand.slice(1), camera(4_000)], 1_000_000);
  expect(level).toBe('unknown');
  expect(whatToDo).toContain('Of 129 more nothing is known');
});
