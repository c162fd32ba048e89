import type { OwnerRelay } from '@commonsight/types/owner';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { describe, expect, it } from 'vitest';
import { countChanges, type Draft, emptyDraft, nextDocument, withoutSaved } from './draft.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });

describe('an owner’s draft after a save', () => {
  it('is empty when nothing was changed meanwhile', () => {
    const saved: Draft = { timeZone: 'America/Chicago', cameras: { yard: rule('off') }, confirmed: {}, alert: null };
    expect(countChanges(withoutSaved(saved, saved))).toBe(0);
  });

  it('keeps what was changed while the relay answered, of the same camera too', () => {
    const saved: Draft = {
      timeZone: null,
      cameras: { yard: rule('off'), door: rule('off') },
      confirmed: { door: 'entry 1' },
      alert: null,
    };
    const current: Draft = {
      timeZone: 'Europe/Rome',
      cameras: { ...saved.cameras, door: rule('always'), gate: rule('recordedOnly') },
      confirmed: { door: 'entry 1', gate: 'entry 2' },
      alert: { seconds: 600, mostSeconds: 600, note: 'Key at the desk' },
    };
    expect(withoutSaved(current, saved)).toEqual({
      timeZone: 'Europe/Rome',
      cameras: { door: rule('always'), gate: rule('recordedOnly') },
      confirmed: { gate: 'entry 2' },
      alert: current.alert,
    });
  });
});

describe('the next document', () => {
  const awaitingOwner = [
    { cameraId: 'door', entryId: 'entry 1' },
    { cameraId: 'gate', entryId: 'entry 2' },
    { cameraId: 'roof', entryId: null },
  ];
  const relay: OwnerRelay = {
    id: 'relay',
    name: 'Relay',
    isOnline: true,
    sharing: { state: 'paired', ownerKeys: [], inForce: null, awaitingOwner },
    waiting: null,
    alert: null,
    refusal: null,
  };
  const next = (confirmed: Draft['confirmed'], before: Draft['confirmed'] = {}) => {
    const base = nextDocument(relay, null, { ...emptyDraft, confirmed: before }, '');
    return nextDocument(relay, base, { ...emptyDraft, confirmed }, '').confirmed;
  };

  it('confirms the entries that the owner saw, and no other one that stands under their id by now', () => {
    expect(next({ door: 'entry 1' })).toEqual({ door: 'entry 1' });
    expect(next({ door: 'entry 0', yard: 'entry 9' })).toBeUndefined();
  });

  it('goes on confirming what a document confirms that still waits for the relay', () => {
    expect(next({ gate: 'entry 2' }, { door: 'entry 1' })).toEqual({ door: 'entry 1', gate: 'entry 2' });
  });
});
