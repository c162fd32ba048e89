import type { LedgerLine } from '@commonsight/types/ledger';
import { expect, test } from 'vitest';
import { incidentWords, lengthWords, purposeWords, watchingWords, withheldWords } from './ledgerWords.ts';

const line: LedgerLine = {
  viewingId: '01900000-0000-7000-8000-000000000001',
  cameraId: '01900000-0000-7000-8000-000000000002',
  startedAt: '2026-01-05T10:00:00.000Z',
  endedAt: null,
  kind: 'live',
  purpose: 'training',
  isBreakGlass: false,
  incident: { state: 'shown', number: 2041 },
  role: 'analyst',
  pseudonym: '7KQ2-M0XD',
};

test('what is seen first says whether anybody looks', () => {
  expect(watchingWords(0)).toBe('Nobody is watching.');
  expect(watchingWords(2)).toBe('2 views are open now.');
});

test('the count of what is withheld is said also when it is none', () => {
  expect([0, 1, 2].map(withheldWords)).toEqual([
    'No incident number is withheld.',
    '1 line has its incident number withheld.',
    '2 lines have their incident number withheld.',
  ]);
});

test('a view that goes on is as long as it has been', () => {
  expect(lengthWords(line, Date.parse('2026-01-05T10:01:05.000Z'))).toBe('1 min 5 s');
  expect(lengthWords({ ...line, endedAt: '2026-01-05T10:00:09.400Z' }, 0)).toBe('9 s');
});

test('emergency access is said beside the purpose', () => {
  expect(purposeWords(line)).toBe('Training');
  expect(purposeWords({ ...line, isBreakGlass: true })).toBe('Training, emergency access without approval');
});

test('a number that is withheld is not there', () => {
  expect(incidentWords(line)).toBe('#2041');
  const withheld = { state: 'withheld' as const, until: '2026-01-20T12:00:00.000Z' };
  expect(incidentWords({ ...line, incident: withheld })).toMatch(/^withheld until .*2026$/);
});
