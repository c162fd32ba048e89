import { describe, expect, it } from 'vitest';
import type { WatchedTile } from '../support/browser/watchTiles.ts';
import { outageOf, saidAfterMs } from './outage.ts';

const tile = (rest: Partial<WatchedTile>): WatchedTile => ({
  slot: 1,
  state: 'live',
  frameTimesMs: [],
  states: [],
  ...rest,
});

describe('outageOf', () => {
  it('finds the first frame after the last outage', () => {
    const frameTimesMs = [900, 933, 966, 1000, 1033, 2500, 2533, 4000, 4033];
    expect(outageOf(tile({ frameTimesMs }), 1010)).toEqual({ backAfterMs: 2990, longestGapMs: 1467 });
  });

  it('calls a picture that went on no outage', () => {
    expect(outageOf(tile({ frameTimesMs: [1000, 1033, 1200] }), 1010)).toEqual({ backAfterMs: 0, longestGapMs: 167 });
  });

  it('counts from the fault when the watch began too shortly before it to see a frame', () => {
    expect(outageOf(tile({ frameTimesMs: [2500, 2533] }), 1010)).toEqual({ backAfterMs: 1490, longestGapMs: 1490 });
  });
});

describe('saidAfterMs', () => {
  it('finds the first other word after the fault', () => {
    const states = [
      { state: 'connecting', atMs: 1 },
      { state: 'live', atMs: 2 },
      { state: 'stale', atMs: 12 },
    ];
    expect(saidAfterMs(tile({ states }), 5)).toBe(7);
  });

  it('finds nothing when the tile stayed live', () => {
    expect(saidAfterMs(tile({ states: [{ state: 'live', atMs: 2 }] }), 5)).toBeUndefined();
  });
});
