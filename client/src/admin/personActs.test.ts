import { describe, expect, it } from 'vitest';
import { anAccount } from '../testing/records.ts';
import { actsFor } from './personActs.ts';

describe('actsFor', () => {
  it('offers what the state allows, and never to disable the own account', () => {
    expect(actsFor(anAccount(), 'me')).toEqual(['disable']);
    expect(actsFor(anAccount({ hasSecondFactor: true }), 'me')).toEqual(['resetSecondFactor', 'disable']);
    expect(actsFor(anAccount({ state: 'locked' }), 'me')[0]).toBe('release');
    expect(actsFor(anAccount({ state: 'invited' }), 'me')).toEqual(['inviteAgain', 'disable']);
    expect(actsFor(anAccount({ state: 'disabled' }), 'me')).toEqual(['enable']);
    expect(actsFor(anAccount({ id: 'me', hasSecondFactor: true }), 'me')).toEqual([]);
  });
});
