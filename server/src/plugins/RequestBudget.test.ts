import { expect, test } from 'vitest';
import { RequestBudget } from './RequestBudget.ts';

const cookie = (token: string) => ({ cookie: `other=1; commonsight.session_token=${token}` });

test('MSG8 knows a session that has asked for too much by its cookie, however that is written', () => {
  let nowMs = 0;
  const budget = new RequestBudget({ burst: 2, perSecond: 1 }, () => nowMs);
  expect(budget.isSpent(cookie('abc.signature'))).toBe(false);
  expect([1, 2, 3].map(() => budget.take('session', cookie('abc.signature')))).toEqual([true, true, false]);
  for (const written of ['abc.signature', 'abc.sign%61ture', '%61bc.signature', 'abc.other']) {
    expect(budget.isSpent(cookie(written))).toBe(true);
  }
  for (const other of [cookie('def.signature'), cookie('%E0%A4%A'), {}]) expect(budget.isSpent(other)).toBe(false);
  nowMs = 1_000;
  expect(budget.isSpent(cookie('abc.signature'))).toBe(false);
});

test('MSG8 silenced, a session is spent until its whole burst is there again, and no longer', () => {
  let nowMs = 0;
  const budget = new RequestBudget({ burst: 2, perSecond: 1 }, () => nowMs);
  const headers = cookie('abc.signature');
  budget.take('session', headers, 2);
  budget.silence('session');
  nowMs = 1_900;
  expect(budget.isSpent(headers)).toBe(true);
  nowMs = 2_000;
  expect(budget.isSpent(headers)).toBe(false);
  budget.take('session', headers);
  expect(budget.isSpent(headers)).toBe(false);
});

test('forgets cookies before there are too many', () => {
  const budget = new RequestBudget({ burst: 1, perSecond: 1 }, () => 0);
  for (let index = 0; index < 10_001; index += 1) budget.take(`session ${index}`, cookie(`token${index}.x`));
  expect(budget.isSpent(cookie('token0.x'))).toBe(false);
  expect(budget.isSpent(cookie('token10000.x'))).toBe(true);
});
