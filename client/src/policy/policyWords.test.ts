import { expect, test } from 'vitest';
import { testPack } from '../testing/policyPack.ts';
import { minutesWords, rolesWords, ruleWords } from './policyWords.ts';

test('minutes are said as people say them, and exactly', () => {
  expect([1, 60, 90, 1440, 1530, 43_200].map(minutesWords)).toEqual([
    '1 min',
    '1 h',
    '1 h 30 min',
    '1 day',
    '1 day 1 h 30 min',
    '30 days',
  ]);
});

test('who approves is said in one phrase, nobody too', () => {
  expect(rolesWords(['supervisor', 'administrator'], 'Nobody')).toBe('Supervisor or administrator');
  expect(rolesWords([], 'Nobody')).toBe('Nobody');
});

const ruleOf = (pack: typeof testPack, name: string) => ruleWords(pack).find((rule) => rule.name === name)?.rule;

test('every rule is a sentence', () => {
  expect(ruleOf(testPack, 'Dispatch')).toBe('Who opens an incident’s cameras asks for “Violence”.');
  expect(ruleOf(testPack, 'Break-glass')).toContain('for “Violence”, for 1 h, and must write why within 1 day.');
  expect(ruleOf(testPack, 'Homes')).toMatch(/not watched/);
  expect(ruleWords(testPack).every(({ rule }) => rule.endsWith('.'))).toBe(true);
});

test('a rule that allows nothing says so', () => {
  const strict = {
    ...testPack,
    dispatch: { purpose: null },
    breakGlass: { ...testPack.breakGlass, roles: [] },
    residential: { allowsLiveView: true },
  };
  expect(ruleOf(strict, 'Dispatch')).toBe('Opening an incident’s cameras asks for nothing by itself.');
  expect(ruleOf(strict, 'Break-glass')).toMatch(/^Nobody/);
  expect(ruleOf(strict, 'Homes')).toBe('Live video of homes may be watched.');
});
