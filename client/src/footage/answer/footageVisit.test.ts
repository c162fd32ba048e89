import { expect, test } from 'vitest';
import { forgetFootageVisit, keepFootageVisit, readFootageVisit } from './footageVisit.ts';

const visit = { secret: 's'.repeat(43), expiresAt: '2026-01-05T14:00:00.000Z' };
const nothing = { visit: null, linkSecret: null, openedFrom: null };

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

test('a visit and the link that opened it outlive a reload, until they are forgotten', () => {
  const storage = memory();
  const kept = { visit, linkSecret: 'l'.repeat(43), openedFrom: null };
  keepFootageVisit(storage, kept);
  expect(readFootageVisit(storage)).toEqual(kept);
  keepFootageVisit(storage, { visit: null, linkSecret: kept.linkSecret });
  expect(readFootageVisit(storage)).toEqual({ ...kept, visit: null });
  forgetFootageVisit(storage);
  expect(readFootageVisit(storage)).toEqual(nothing);
});

test('from which own page a request was opened is kept, until a mailed link opens another', () => {
  const storage = memory();
  keepFootageVisit(storage, { visit, linkSecret: null, openedFrom: '/owner' });
  expect(readFootageVisit(storage).openedFrom).toBe('/owner');
  keepFootageVisit(storage, { visit, linkSecret: 'l'.repeat(43) });
  expect(readFootageVisit(storage).openedFrom).toBeNull();
});

test('a browser that keeps nothing opens the request all the same', () => {
  const refuse = (): never => {
    throw new DOMException('Forbidden', 'SecurityError');
  };
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  keepFootageVisit(storage, { visit, linkSecret: null });
  forgetFootageVisit(storage);
  expect(readFootageVisit(storage)).toEqual(nothing);
});

test('what another version of the page has kept counts for nothing', () => {
  const storage = memory();
  storage.setItem('commonsight.footage.visit', JSON.stringify(visit));
  expect(readFootageVisit(storage)).toEqual(nothing);
});
