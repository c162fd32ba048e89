import { expect, test } from 'vitest';
import { oldSentence } from './oldSentence.ts';

const sinceMs = new Date(2026, 0, 5, 9, 7).getTime();

test('only of a server that does not answer it is said that it has not', () => {
  expect(oldSentence({ code: 'unreachable', message: 'The server does not answer.' }, sinceMs)).toBe(
    'The server has not answered since 09:07.',
  );
  expect(oldSentence({ code: 'tooManyRequests', message: 'Too many tries. Wait a minute.' }, sinceMs)).toBe(
    'Nothing new could be read since 09:07. Too many tries. Wait a minute.',
  );
});
