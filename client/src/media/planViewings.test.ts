import { describe, expect, it } from 'vitest';
import {
  closeHiddenAfterMs,
  pauseHiddenAfterMs,
  type PlannedViewing,
  planViewings,
  type ViewingTarget,
  viewingKey,
} from './planViewings.ts';

const now = 1_000_000;
const north: ViewingTarget = { cameraId: 'north', stream: 'sub', incidentId: 'robbery' };
const south: ViewingTarget = { cameraId: 'south', stream: 'sub', incidentId: 'robbery' };
const northMain: ViewingTarget = { ...north, stream: 'main' };

const open: PlannedViewing = { state: 'open', isPaused: false, hiddenSinceMs: null, retryAtMs: null };
const nothing = { open: [], pause: [], resume: [], close: [] };

function running(...entries: readonly [ViewingTarget, PlannedViewing][]) {
  return new Map(entries.map(([target, viewing]) => [viewingKey(target), viewing]));
}

function shown(...targets: readonly ViewingTarget[]) {
  return targets.map((target) => ({ target, isShown: true }));
}

const none = new Set<string>();

describe('planViewings', () => {
  it('opens all that is wanted and not there, in one plan', () => {
    expect(planViewings(shown(north, south), none, new Map(), now)).toEqual({ ...nothing, open: [north, south] });
  });

  it('opens a camera once for two tiles', () => {
    expect(planViewings(shown(north, north), none, new Map(), now).open).toEqual([north]);
  });

  it('does nothing when a tile moved, because its wish is the same', () => {
    expect(planViewings(shown(south, north), none, running([north, open], [south, open]), now)).toEqual(nothing);
  });

  it('opens another viewing for the same camera under another incident', () => {
    const crash = { ...north, incidentId: 'crash' };
    expect(planViewings(shown(crash), none, running([north, open]), now)).toEqual({
      ...nothing,
      open: [crash],
      close: [viewingKey(north)],
    });
  });

  it('closes what nobody wants, but not what a tile still shows while it waits for the main stream', () => {
    const viewings = running([north, open], [northMain, { ...open, state: 'opening' }]);
    expect(planViewings(shown(northMain), new Set([viewingKey(north)]), viewings, now)).toEqual(nothing);
    expect(planViewings(shown(northMain), none, viewings, now).close).toEqual([viewingKey(north)]);
  });

  it('lets what is opening finish before it is closed', () => {
    expect(planViewings([], none, running([north, { ...open, state: 'opening' }]), now)).toEqual(nothing);
  });

  it('opens nothing that is hidden', () => {
    expect(planViewings([{ target: north, isShown: false }], none, new Map(), now)).toEqual(nothing);
  });

  it('pauses what was hidden for a while, ends it after longer, and resumes it when it is seen', () => {
    const hidden = [{ target: north, isShown: false }];
    const key = viewingKey(north);
    const since = (ms: number): PlannedViewing => ({ ...open, hiddenSinceMs: now - ms });
    expect(planViewings(hidden, none, running([north, since(pauseHiddenAfterMs - 1)]), now)).toEqual(nothing);
    expect(planViewings(hidden, none, running([north, since(pauseHiddenAfterMs)]), now).pause).toEqual([key]);
    const paused = { ...since(60_000), isPaused: true };
    expect(planViewings(hidden, none, running([north, paused]), now)).toEqual(nothing);
    expect(planViewings(shown(north), none, running([north, paused]), now).resume).toEqual([key]);
    const old = { ...since(closeHiddenAfterMs), isPaused: true };
    expect(planViewings(hidden, none, running([north, old]), now).close).toEqual([key]);
  });

  it('keeps a camera running that one seen and one hidden tile want', () => {
    const wanted = [
      { target: north, isShown: true },
      { target: north, isShown: false },
    ];
    expect(planViewings(wanted, none, running([north, { ...open, hiddenSinceMs: 1 }]), now)).toEqual(nothing);
  });

  it('tries a blocked one again when it is due, and one without a time not at all', () => {
    const blocked = (retryAtMs: number | null): PlannedViewing => ({ ...open, state: 'blocked', retryAtMs });
    expect(planViewings(shown(north), none, running([north, blocked(now + 1)]), now)).toEqual(nothing);
    expect(planViewings(shown(north), none, running([north, blocked(now)]), now).open).toEqual([north]);
    expect(planViewings(shown(north), none, running([north, blocked(null)]), now)).toEqual(nothing);
    expect(planViewings([], none, running([north, blocked(null)]), now).close).toEqual([viewingKey(north)]);
  });
});
