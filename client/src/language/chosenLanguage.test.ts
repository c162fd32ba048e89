import { expect, test } from 'vitest';
import { firstLanguage } from './chosenLanguage.ts';

test('the first wish that can be met is the language, and English when none can', () => {
  const wishes = [['es-MX', 'en'], [null, 'fr', 'en-US'], ['en', 'es'], ['fr'], []];
  expect(wishes.map(firstLanguage)).toEqual(['es', 'en', 'en', 'en', 'en']);
});
