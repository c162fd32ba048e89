import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { NewAlertLimit } from './NewAlertLimit.ts';

test('ALE7 one relay tells of six new alerts in half a minute, whatever others tell', () => {
  let nowMs = 0;
  const limit = new NewAlertLimit(() => nowMs);
  const [one, other] = [newId(), newId()];
  const mayBegin = (relayId: string) => {
    try {
      limit.assertMayBegin(relayId);
      return true;
    } catch {
      return false;
    }
  };
  const six = Array.from({ length: 6 }, () => mayBegin(one));
  expect(six).not.toContain(false);
  expect(mayBegin(one)).toBe(false);
  expect(mayBegin(other)).toBe(true);
  nowMs = 29_999;
  expect(mayBegin(one)).toBe(false);
  nowMs = 30_000;
  expect(mayBegin(one)).toBe(true);
});
