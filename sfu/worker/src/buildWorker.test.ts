import { expect, test } from 'vitest';
import { everyFivePercent, parseNinjaStep } from './buildWorker.ts';

test("ninja's lines are read as steps, other lines are not", () => {
  expect(parseNinjaStep('[17/212] Building CXX object Worker.cpp.o')).toEqual({ done: 17, total: 212 });
  expect(parseNinjaStep('ninja: Entering directory')).toBeUndefined();
  expect(parseNinjaStep('warning: [1/2] is not at the start')).toBeUndefined();
});

test('progress is told every full five percent, once', () => {
  const told: number[] = [];
  const step = everyFivePercent((percent) => told.push(percent));
  for (let done = 1; done <= 212; done += 1) step(done, 212);
  expect(told).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 5));
});
