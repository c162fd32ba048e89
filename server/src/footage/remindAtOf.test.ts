import { expect, test } from 'vitest';
import { remindAtOf } from './remindAtOf.ts';

const hourMs = 3_600_000;
const now = new Date('2026-03-01T12:00:00.000Z');
const ahead = (hours: number) => new Date(now.getTime() + hours * hourMs);

test.each([
  ['a day before', 72, 300, 48],
  ['in the middle of a short time', 10, 300, 5],
  ['not after the deadline', 72, 40, null],
  ['not when it is gone', -1, 300, null],
])('a contact is reminded %s', (_, gone, deadline, reminded) => {
  const at = remindAtOf({ overwrittenAt: ahead(gone), deadline: ahead(deadline), now });
  expect(at).toEqual(reminded === null ? null : ahead(reminded));
});

test('nobody knows when: no reminder', () => {
  expect(remindAtOf({ overwrittenAt: null, deadline: ahead(9), now })).toBeNull();
});
