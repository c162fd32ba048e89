import type { OwnerRelay } from '@commonsight/types/owner';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import { hashOfSharing, type SharingDocument, type SharingRule } from '@commonsight/types/relay/sharing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64url } from '../../encoding/base64url.ts';
import { baseOf, replacedBy } from './Base.ts';
import { countChanges, type Draft, emptyDraft, withoutSaved } from './Draft.ts';
import { forgetDecided, keepWaiting, refusedOf } from './keptDrafts.ts';
import { nextDocument } from './nextDocument.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });
const maskOf = (side: number): CameraMasks => ({
  width: 640,
  height: 360,
  polygons: [
    [
      [0, 0],
      [side, 0],
      [side, side],
    ],
  ],
});

describe('an owner’s draft after a save', () => {
  it('is empty when nothing was changed meanwhile', () => {
    const saved: Draft = { ...emptyDraft, timeZone: 'America/Chicago', cameras: { yard: rule('off') } };
    expect(countChanges(withoutSaved(saved, saved))).toBe(0);
  });

  it('keeps what was changed while the relay answered, of the same camera too', () => {
    const saved: Draft = {
      ...emptyDraft,
      cameras: { yard: rule('off'), door: rule('off') },
      confirmed: { door: 'entry 1' },
      inputs: [],
    };
    const current: Draft = {
      timeZone: 'Europe/Rome',
      cameras: { ...saved.cameras, door: rule('always'), gate: rule('recordedOnly') },
      confirmed: { door: 'entry 1', gate: 'entry 2' },
      alert: { seconds: 600, mostSeconds: 600, note: 'Key at the desk' },
      masks: {},
      inputs: [{ cameraId: 'door', input: null, startsWhen: 'on' }],
      upload: { mostKilobitsPerSecond: 5_000 },
      keptDays: 14,
    };
    expect(withoutSaved(current, saved)).toEqual({
      timeZone: 'Europe/Rome',
      cameras: { door: rule('always'), gate: rule('recordedOnly') },
      confirmed: { gate: 'entry 2' },
      alert: current.alert,
      masks: {},
      inputs: current.inputs,
      upload: current.upload,
      keptDays: 14,
    });
  });

  it('keeps, changes and takes away the limit of what leaves the site', () => {
    const upload = { mostKilobitsPerSecond: 5_000 };
    const next = (draft: Partial<Draft>, base: Parameters<typeof nextDocument>[1]) =>
      nextDocument({ id: 'relay', sharing: null }, base, { ...emptyDraft, timeZone: 'UTC', ...draft }, '');
    const limited = next({ upload }, null);
    expect(limited.upload).toEqual(upload);
    expect(next({}, limited).upload).toEqual(upload);
    expect(next({ upload: 'none' }, limited)).not.toHaveProperty('upload');
  });

  it('keeps, changes and takes away for how long recordings are kept', () => {
    const next = (draft: Partial<Draft>, base: Parameters<typeof nextDocument>[1]) =>
      nextDocument({ id: 'relay', sharing: null }, base, { ...emptyDraft, timeZone: 'UTC', ...draft }, '');
    const said = next({ keptDays: 14 }, null);
    expect(said.keptDays).toBe(14);
    expect(next({}, said).keptDays).toBe(14);
    expect(next({ keptDays: 'none' }, said)).not.toHaveProperty('keptDays');
  });

  it('keeps masks that were drawn meanwhile, and those that were lifted', () => {
    const masks = { yard: maskOf(0.5), gate: maskOf(0.4) };
    const saved: Draft = { ...emptyDraft, masks };
    const current: Draft = { ...emptyDraft, masks: { ...masks, gate: null, door: maskOf(0.5) } };
    expect(withoutSaved(current, saved).masks).toEqual({ gate: null, door: maskOf(0.5) });
    expect([countChanges(saved), countChanges(withoutSaved(saved, saved))]).toEqual([2, 0]);
  });
});

describe('SHR11 the next document', () => {
  const unread = { id: 'relay', sharing: null };
  const first = nextDocument(unread, null, { ...emptyDraft, timeZone: 'America/Chicago' }, '2026-11-28T00:00:00.000Z');
  const masks = { yard: maskOf(0.5), door: maskOf(0.4) };
  const next = (draft: Partial<Draft>, base: SharingDocument = { ...first, masks }) =>
    nextDocument(unread, base, { ...emptyDraft, ...draft }, '2026-11-28T00:01:00.000Z');

  it('begins by the clock of the site, and goes by the one that was signed from then on', () => {
    const relay = { ...unread, siteTimeZone: 'America/New_York' };
    const begun = nextDocument(relay, null, emptyDraft, '2026-11-28T00:00:00.000Z');
    expect(begun.timeZone).toBe('America/New_York');
    const moved = nextDocument(
      relay,
      begun,
      { ...emptyDraft, timeZone: 'America/Chicago' },
      '2026-11-28T00:01:00.000Z',
    );
    expect(nextDocument(relay, moved, emptyDraft, '2026-11-28T00:02:00.000Z').timeZone).toBe('America/Chicago');
  });

  it('keeps every mask when rules change', () => {
    expect(next({ cameras: { yard: rule('off') } })).toMatchObject({ version: 2, masks });
    expect(next({}, first)).not.toHaveProperty('masks');
  });

  it('has the masks that were drawn, and none that was lifted', () => {
    expect(next({ masks: { door: maskOf(0.3), gate: maskOf(0.2) } }).masks).toEqual({
      yard: maskOf(0.5),
      door: maskOf(0.3),
      gate: maskOf(0.2),
    });
    expect(next({ masks: { door: null } }).masks).toEqual({ yard: maskOf(0.5) });
    expect(next({ masks: { door: null, yard: null } })).not.toHaveProperty('masks');
  });
});

const signed = (document: Partial<SharingDocument>) => {
  const unread = { id: relayId, sharing: null };
  const whole = { ...nextDocument(unread, null, { ...emptyDraft, timeZone: 'America/Chicago' }, moment), ...document };
  return { document: toBase64url(new TextEncoder().encode(JSON.stringify(whole))), signature: 'c2lnbmF0dXJl' };
};
const relayId = '019b8d3c-0000-7000-8000-000000000001';
const moment = '2026-11-28T00:00:00.000Z';
const holding = (inForce: number, waiting?: { version: number; replaces?: string }) => ({
  sharing: {
    state: 'paired' as const,
    ownerKeys: [],
    inForce: { signed: signed({ version: inForce }), receipt: 'cmVjZWlwdA' },
    awaitingOwner: [],
  },
  waiting: waiting === undefined ? null : { version: waiting.version, since: moment, signed: signed({ ...waiting }) },
});

describe('SHR9 what a change stands on', () => {
  it('is what is in force', async () => {
    const relay = holding(4);
    const base = baseOf(relay);
    expect(base?.document.version).toBe(4);
    expect(await replacedBy(base)).toBe(await hashOfSharing(relay.sharing.inForce.signed));
    expect(await replacedBy(baseOf({ sharing: null, waiting: null }))).toBeUndefined();
  });

  it('is what waits, which rests on what its own signer saw, whatever is in force by now', async () => {
    const replaces = 'a'.repeat(64);
    const base = baseOf(holding(5, { version: 6, replaces }));
    expect(base).toMatchObject({ isWaiting: true, document: { version: 6 } });
    expect(await replacedBy(base)).toBe(replaces);
  });

  it('is what is in force when that has taken the place of what waits', () => {
    expect(baseOf(holding(5, { version: 5 }))).toMatchObject({ isWaiting: false, document: { version: 5 } });
  });
});

describe('a change that waits for the relay', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
      removeItem: (key: string) => kept.delete(key),
    });
    return () => vi.unstubAllGlobals();
  });
  const draft = (id: string): Draft => ({ ...emptyDraft, cameras: { [id]: rule('off') } });
  const saved = (version: number, id: string) => ({
    version,
    document: signed({ version }).document,
    draft: draft(id),
  });
  const at = (inForce: number, waiting?: { version: number }) => ({
    id: relayId,
    refusal: null,
    ...holding(inForce, waiting),
  });
  const refused = (inForce: number, version: number) => ({
    ...at(inForce),
    refusal: { version, message: 'Changed at the relay.', at: moment },
  });
  /** Another document of that version, as it was made at the console. */
  const elsewhere = (version: number) => {
    const { sharing } = at(version);
    return { ...sharing, inForce: { ...sharing.inForce, signed: signed({ version, timeZone: 'Europe/Rome' }) } };
  };

  /** As the page does it whenever it has heard of the relay. */
  function takeRefused(relay: Parameters<typeof refusedOf>[0]) {
    const taken = refusedOf(relay);
    forgetDecided(relay);
    return taken;
  }

  it('comes back when the relay does not take it, with what waited before it, and once', () => {
    keepWaiting(relayId, saved(5, 'yard'), null);
    keepWaiting(relayId, saved(6, 'door'), 5);
    expect(takeRefused(at(4, { version: 6 }))).toBeNull();
    expect(takeRefused(refused(5, 6))).toMatchObject({
      timeZone: null,
      cameras: { yard: rule('off'), door: rule('off') },
    });
    expect(takeRefused(refused(5, 6))).toBeNull();
  });

  it('SHR9 comes back when as high a version was made at the relay, which tells it before it is handed this one', () => {
    keepWaiting(relayId, saved(6, 'yard'), null);
    expect(takeRefused({ ...at(6, { version: 6 }), sharing: elsewhere(6) })).toBeNull();
    expect(takeRefused({ ...refused(6, 6), sharing: elsewhere(6) })).toEqual(draft('yard'));
  });

  it('SHR9 comes back when another device has built upon it and the relay does not take that', () => {
    keepWaiting(relayId, saved(6, 'yard'), null);
    expect(takeRefused(refused(5, 7))).toEqual(draft('yard'));
  });

  it('does not come back when the relay has taken it, also when it then refuses another device’s', () => {
    for (const relay of [at(5), refused(5, 6), refused(5, 5)]) {
      keepWaiting(relayId, saved(5, 'yard'), null);
      expect(takeRefused(relay)).toBeNull();
      expect(takeRefused(refused(4, 9))).toBeNull();
    }
  });

  it('is forgotten when something else has taken its place, and kept while neither is so', () => {
    keepWaiting(relayId, saved(7, 'yard'), null);
    expect(takeRefused(at(6))).toBeNull();
    expect(takeRefused(at(8))).toBeNull();
    expect(takeRefused(refused(6, 7))).toBeNull();
  });
});

describe('SHR10 the next document', () => {
  const awaitingOwner = [
    { cameraId: 'door', entryId: 'entry 1' },
    { cameraId: 'gate', entryId: 'entry 2' },
    { cameraId: 'roof', entryId: null },
  ];
  const relay: Pick<OwnerRelay, 'id' | 'sharing'> = {
    id: 'relay',
    sharing: { state: 'paired', ownerKeys: [], inForce: null, awaitingOwner },
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
