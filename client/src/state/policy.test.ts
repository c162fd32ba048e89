import { describe, expect, it } from 'vitest';
import { aPolicyPack } from '../testing/records.ts';
import { purposeChoices } from './policy.ts';

const real = { isTraining: false };

describe('purposeChoices', () => {
  it('offers what the policy allows, by its own names, and trainings for training incidents alone', () => {
    const pack = aPolicyPack();
    expect(purposeChoices(pack, 'analyst', real).map(({ name }) => name)).toEqual(['Emergency', 'Violent crime']);
    expect(purposeChoices(pack, 'analyst', { isTraining: true }).map(({ purpose }) => purpose)).toContain('training');
  });

  it('lets the glass be broken only by a role and for a purpose that the policy names, and only past an approval', () => {
    const canBreak = (pack = aPolicyPack(), role: 'analyst' | 'dispatcher' = 'analyst') =>
      purposeChoices(pack, role, real)
        .filter(({ isBreakGlassable }) => isBreakGlassable)
        .map(({ purpose }) => purpose);
    expect(canBreak()).toEqual(['violentCrime']);
    expect(canBreak(aPolicyPack(), 'dispatcher')).toEqual([]);
    const { breakGlass } = aPolicyPack();
    expect(canBreak(aPolicyPack({ breakGlass: { ...breakGlass, purposes: [] } }))).toEqual([]);
    const unapproved = { ...breakGlass, purposes: ['emergencyResponse' as const] };
    expect(canBreak(aPolicyPack({ breakGlass: unapproved }))).toEqual([]);
  });
});
