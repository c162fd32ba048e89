import type { SharingRule } from '@commonsight/types/relay/sharing';
import { describe, expect, it } from 'vitest';
import { countChanges, type Draft, withoutSaved } from './draft.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });

describe('an owner’s draft after a save', () => {
  it('is empty when nothing was changed meanwhile', () => {
    const saved: Draft = { timeZone: 'America/Chicago', cameras: { yard: rule('off') }, alert: null };
    expect(countChanges(withoutSaved(saved, saved))).toBe(0);
  });

  it('keeps what was changed while the relay answered, of the same camera too', () => {
    const saved: Draft = { timeZone: null, cameras: { yard: rule('off'), door: rule('off') }, alert: null };
    const current: Draft = {
      timeZone: 'Europe/Rome',
      cameras: { ...saved.cameras, door: rule('always'), gate: rule('recordedOnly') },
      alert: { seconds: 600, mostSeconds: 600, note: 'Key at the desk' },
    };
    expect(withoutSaved(current, saved)).toEqual({
      timeZone: 'Europe/Rome',
      cameras: { door: rule('always'), gate: rule('recordedOnly') },
      alert: current.alert,
    });
  });
});
