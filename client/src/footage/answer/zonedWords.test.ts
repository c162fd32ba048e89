import { expect, test } from 'vitest';
import { zonedWords } from './zonedWords.ts';

const moment = '2026-01-05T21:30:00.000Z';

test('a moment is said in the zone of whoever asks, with its name', () => {
  expect(zonedWords(moment, 'en', 'America/Chicago')).toMatch(/January 5, 2026.* 3:30\sPM CST$/);
  expect(zonedWords(moment, 'es', 'America/Chicago')).toMatch(/5 de enero de 2026.*15:30/);
});

test('a zone that nobody knows is no reason to say nothing', () => {
  expect(zonedWords(moment, 'en', 'Nowhere/Atlantis')).toContain('2026');
});
