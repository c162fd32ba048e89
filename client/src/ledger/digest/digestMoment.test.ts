import { expect, test } from 'vitest';
import { digestMoment } from './digestMoment.ts';

test('a mail comes by the clock of the site, in the language of the page', () => {
  const at = '2026-01-12T13:00:00.000Z';
  expect(digestMoment(at, 'en', 'America/Chicago')).toMatch(/^Monday, January 12(?:,| at) 7:00\sAM CST$/);
  expect(digestMoment(at, 'es', 'America/Chicago')).toMatch(/^lunes,? 12 de enero.* 7:00/);
});
