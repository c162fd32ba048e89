import { expect, test } from 'vitest';
import { shiftRows, type UserShift } from './shiftRows.ts';

const shift = { timeZone: 'UTC', days: [1], startMinute: 0, endMinute: 60 };
const people: UserShift[] = [
  { user: { id: '01900000-0000-7000-8000-000000000001', name: 'Ana Ruiz', role: 'analyst' }, shift },
  { user: { id: '01900000-0000-7000-8000-000000000002', name: 'Kim Lo', role: 'dispatcher' }, shift: null },
];
const namesOf = (filter: Parameters<typeof shiftRows>[1]) => shiftRows(people, filter).map(({ user }) => user.name);

test('people are found by their name and their role', () => {
  expect(namesOf({ words: 'ana analyst', onlyWithout: false })).toEqual(['Ana Ruiz']);
  expect(namesOf({ words: '', onlyWithout: false })).toEqual(['Ana Ruiz', 'Kim Lo']);
});

test('who has no hours is found', () => {
  expect(namesOf({ words: '', onlyWithout: true })).toEqual(['Kim Lo']);
});
