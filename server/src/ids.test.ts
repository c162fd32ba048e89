import { idSchema } from '@commonsight/types/ids';
import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id is a UUID of version 7 with its time', () => {
  const before = Date.now();
  const id = newId();
  expect(idSchema.parse(id)).toBe(id);
  expect(id.charAt(14)).toBe('7');
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(before);
});

test('ids sort in the order in which they were made, also within a millisecond', () => {
  const ids = Array.from({ length: 10_000 }, () => newId());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
