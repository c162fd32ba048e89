import { expect, test } from 'vitest';
import { assertPassword } from './passwordPolicy.ts';

const person = { name: 'Lea Brandt', email: 'l.brandt@harborfalls.example' };
const ask = (password: string) => () => assertPassword(password, person);

test.each([
  ['seven77', 'at least 8 characters'],
  ['\u{1f600}\u{1f601}\u{1f602}\u{1f603}', 'at least 8 characters'],
  ['aaaaaaaabaaa', 'a few characters'],
  ['password', 'first that are guessed'],
  ['PassWord', 'first that are guessed'],
  ['Password2026!', 'first that are guessed'],
  ['sunshine1', 'first that are guessed'],
  ['my brandt pass', 'names and the email'],
  ['harborfalls.example', 'names and the email'],
  ['commonsight rocks', 'names and the email'],
])('%s is refused', (password, sentence) => {
  expect(ask(password)).toThrow(sentence);
});

test('eight characters are enough, and the answer says that more are better', () => {
  expect(ask('kvotrimb')()).toEqual({ hasRecommendedLength: false, advice: expect.stringContaining('15 characters') });
});

test('from fifteen characters on there is nothing to better, and no rule about letters', () => {
  expect(ask('quiet river stone')()).toEqual({ hasRecommendedLength: true, advice: null });
});
