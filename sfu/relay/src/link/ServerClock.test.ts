import { expect, test } from 'vitest';
import { ServerClock } from './ServerClock.ts';

test('knows nothing before the first answer', () => {
  expect(new ServerClock().toServerTimeMs(1)).toBeUndefined();
});

test('goes by the shortest of the last round trips', () => {
  const clock = new ServerClock();
  clock.noteTrip(1_000, 501_080, 1_100);
  clock.noteTrip(2_000, 502_001, 2_002);
  clock.noteTrip(3_000, 503_300, 3_400);
  expect(clock.toServerTimeMs(4_000)).toBe(504_000);
});

test('lets old trips go, because clocks drift', () => {
  const clock = new ServerClock();
  clock.noteTrip(0, 1_000, 0);
  for (let at = 1; at <= 12; at += 1) clock.noteTrip(at * 1_000, at * 1_000 + 2_010, at * 1_000 + 20);
  expect(clock.toServerTimeMs(0)).toBe(2_000);
});

test('begins anew with another server', () => {
  const clock = new ServerClock();
  clock.noteTrip(0, 1_000, 0);
  clock.forget();
  expect(clock.toServerTimeMs(0)).toBeUndefined();
});
