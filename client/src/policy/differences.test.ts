import { expect, test } from 'vitest';
import { testPack } from '../testing/policyPack.ts';
import { differenceName, differenceValue, whatEndsAtOnce, withoutPartsOfRemoved } from './differences.ts';

const difference = (path: string, before: string | null, after: string | null) => ({ path, before, after });

test('a value has the name that people call it by', () => {
  expect(differenceName('purposes.violentCrime.maximumMinutes', testPack)).toBe('Violence: at most');
  expect(differenceName('purposes.training.approvedBy', testPack)).toBe('Training: approved by');
  expect(differenceName('session.idleMinutes', testPack)).toBe('Sessions: lock after');
  expect(differenceName('something.new', testPack)).toBe('something.new');
});

test('a value is said in its unit, and nothing is said where there is none', () => {
  expect(differenceValue('breakGlass.maximumMinutes', '90')).toBe('1 h 30 min');
  expect(differenceValue('breakGlass.justificationHours', '168')).toBe('7 days');
  expect(differenceValue('retention.personalValueDays', '730')).toBe('730 days');
  expect(differenceValue('review.samplePercent', '5')).toBe('5 %');
  expect(differenceValue('residential.allowsLiveView', 'false')).toBe('not watched');
  expect(differenceValue('purposes.violentCrime.approvedBy', '')).toBe('nobody');
  expect(differenceValue('dispatch.purpose', 'null')).toBe('none');
  expect(differenceValue('name', null)).toBeNull();
});

test('what is shortened or not allowed any more is said before it ends', () => {
  expect(
    whatEndsAtOnce(
      [
        difference('purposes.violentCrime.maximumMinutes', '480', null),
        difference('purposes.violentCrime.name', 'Violence', null),
        difference('breakGlass.maximumMinutes', '60', '30'),
        difference('residential.allowsLiveView', 'true', 'false'),
        difference('session.idleMinutes', '30', '10'),
        difference('session.reauthenticationHours', '12', '8'),
        difference('session.requireSecondFactor', 'never', 'all'),
      ],
      testPack,
    ),
  ).toEqual([
    expect.stringMatching(/^Every running grant for “Violence” ends/),
    expect.stringContaining('30 min after their start'),
    expect.stringContaining('a camera of a home'),
    expect.stringContaining('more than 10 min lock'),
    expect.stringContaining('more than 8 h ago'),
    expect.stringContaining('no second factor'),
  ]);
  expect(whatEndsAtOnce([difference('purposes.violentCrime.maximumMinutes', '480', '60')], testPack)).toEqual([
    expect.stringMatching(/“Violence” end 1 h after their start/),
  ]);
});

test('a purpose that is removed is one line, and one that is added is told in full', () => {
  const removed = ['name', 'explanation', 'maximumMinutes', 'approvedBy'].map((part) =>
    difference(`purposes.violentCrime.${part}`, 'x', null),
  );
  const added = ['name', 'maximumMinutes'].map((part) => difference(`purposes.training.${part}`, null, '5'));
  const other = difference('name', 'A', 'B');
  expect(withoutPartsOfRemoved([other, ...removed, ...added])).toEqual([
    other,
    { path: 'purposes.violentCrime', before: 'allowed', after: 'not allowed' },
    ...added,
  ]);
  expect(differenceName('purposes.violentCrime', testPack)).toBe('Violence');
});

test('what allows more ends nothing', () => {
  expect(
    whatEndsAtOnce(
      [
        difference('purposes.violentCrime.maximumMinutes', '480', '500'),
        difference('purposes.training.maximumMinutes', null, '60'),
        difference('residential.allowsLiveView', 'false', 'true'),
        difference('session.requireSecondFactor', 'all', 'never'),
        difference('review.samplePercent', '5', '2'),
      ],
      testPack,
    ),
  ).toEqual([]);
});
