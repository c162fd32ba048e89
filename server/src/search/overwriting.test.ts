import { expect, test } from 'vitest';
import { overwritingOf } from './overwriting.ts';

const window = { from: '2026-11-01T10:00:00.000Z', to: '2026-11-01T12:00:00.000Z' };
const at = (moment: string, clockOffsetSeconds = 0) =>
  overwritingOf({ retentionDays: 7, clockOffsetSeconds }, window, new Date(moment));

test('SRC2 what is kept says when the first of it goes', () => {
  expect(at('2026-11-01T10:00:00.000Z')).toEqual({ state: 'kept', hoursLeft: 168 });
  expect(at('2026-11-08T09:01:00.000Z')).toEqual({ state: 'kept', hoursLeft: 0 });
});

test('SRC2 what has begun to go says when the last of it does, and then is gone', () => {
  expect(at('2026-11-08T10:00:00.000Z')).toEqual({ state: 'partly', hoursLeft: 2 });
  expect(at('2026-11-08T12:00:00.000Z')).toEqual({ state: 'overwritten' });
});

test('SRC2 a clock that is wrong makes both ends uncertain, by what it is wrong', () => {
  const hour = 3_600;
  expect(at('2026-11-08T09:30:00.000Z', -hour)).toEqual({ state: 'partly', hoursLeft: 2 });
  expect(at('2026-11-08T12:30:00.000Z', -hour)).toEqual({ state: 'overwritten' });
  expect(at('2026-11-08T12:30:00.000Z', hour)).toEqual({ state: 'partly', hoursLeft: 0 });
});
