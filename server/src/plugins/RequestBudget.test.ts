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
  // Also when its cookie is not known, such as a second one beside it.
  expect(budget.take('session', {})).toBe(false);
  nowMs = 2_000;
  expect(budget.isSpent(headers)).toBe(false);
  budget.take('session', headers);
  expect(budget.isSpent(headers)).toBe(false);
});

test('MSG8 nobody is shut out by the cookies that somebody else sends', () => {
  const budget = new RequestBudget({ burst: 1, perSecond: 1 }, () => 0);
  const own = 'commonsight.session_token=own.signature';
  for (const decoy of ['x_session_token=', 'commonsight.session_token=', 'commonsight.session_token=theirs.x']) {
    budget.take('flooder', { cookie: `${decoy}; ${own}` });
    budget.take('flooder', { cookie: `${own}; ${decoy}` });
  }
  for (const other of [{}, { cookie: '' }, { cookie: 'x_session_token=' }, cookie(''), cookie('theirs.x')]) {
    expect(budget.isSpent(other)).toBe(false);
  }
  // The decoys that are no session cookies hide nothing.
  expect(budget.isSpent({ cookie: `x_session_token=1; ${own}` })).toBe(true);
});

test('forgets cookies before there are too many', () => {
  const budget = new RequestBudget({ burst: 1, perSecond: 1 }, () => 0);
  for (let index = 0; index < 10_001; index += 1) budget.take(`session ${index}`, cookie(`token${index}.x`));
  expect(budget.isSpent(cookie('token0.x'))).toBe(false);
  expect(budget.isSpent(cookie('token10000.x'))).toBe(true);
});
