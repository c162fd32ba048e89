import { expect, test } from 'vitest';
import type { TabStorage } from './TabStorage.ts';
import { neverThrowing } from './safeStorage.ts';

function memory(): TabStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

test('what the browser keeps is its own to keep', () => {
  const own = memory();
  const storage = neverThrowing(() => own);
  storage.setItem('visit', 'open');
  expect([own.getItem('visit'), storage.getItem('visit')]).toEqual(['open', 'open']);
  storage.removeItem('visit');
  expect(own.getItem('visit')).toBeNull();
});

test('a browser that keeps nothing for the site loses it at a reload, and not before', () => {
  const forbidden = () => {
    throw new DOMException('Forbidden.', 'SecurityError');
  };
  const storage = neverThrowing(forbidden);
  expect(storage.getItem('visit')).toBeNull();
  storage.setItem('visit', 'open');
  expect(storage.getItem('visit')).toBe('open');
  storage.removeItem('visit');
  expect(storage.getItem('visit')).toBeNull();
  expect(neverThrowing(forbidden).getItem('visit')).toBeNull();
});

test('a storage without room does not give an old value for the new one', () => {
  const own = memory();
  own.setItem('visit', 'old');
  const full = {
    ...own,
    setItem: () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    },
  };
  const storage = neverThrowing(() => full);
  storage.setItem('visit', 'new');
  expect(storage.getItem('visit')).toBe('new');
});
