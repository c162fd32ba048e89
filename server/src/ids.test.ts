import { idSchema } from '@commonsight/types/ids';
import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids are UUIDs of version 7 that sort by their time', () => {
  const earlier = newId(1_700_000_000_000);
  const later = newId(1_700_000_000_001);
  expect(idSchema.parse(earlier)).toBe(earlier);
  expect(earlier.charAt(14)).toBe('7');
  expect(earlier < later).toBe(true);
  expect(Number.parseInt(earlier.replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
});

test('two ids of one moment differ', () => {
  expect(newId(1)).not.toBe(newId(1));
});
