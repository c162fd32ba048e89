import type { FoundSource } from '@commonsight/types/search';
import { describe, expect, it } from 'vitest';
import {
  clockWords,
  isLiveNow,
  isMixed,
  type LiveSource,
  liveWords,
  overwritingWords,
  sourceLabel,
  sourceSubtitle,
} from './sourceWords.ts';

const registered = {
  kind: 'registered',
  id: '0192f0c1-0000-7000-8000-000000000001',
  position: { latitude: 43, longitude: -88 },
  viewCone: { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 30 },
  sees: true,
  distanceMetres: 42,
  of: 'home',
  covers: ['street', 'alley'],
  recording: 'onMotion',
  retentionDays: 14,
  overwriting: { state: 'kept', hoursLeft: 30 },
  clockOffsetSeconds: 0,
} as const satisfies FoundSource;

describe('the words of a source', () => {
  it('say what it is and covers, and nothing about a person', () => {
    expect(sourceLabel(registered, 3)).toBe('3. Home camera, sees the place, 42 m');
    expect(sourceSubtitle(registered)).toBe('street, alley · records on motion');
  });

  it('tell who sees a place apart where it is asked about a point alone', () => {
    const at = registered.position;
    expect(isMixed({ shape: { kind: 'point', point: at, radiusMetres: 50 } })).toBe(true);
    expect(isMixed({ shape: { kind: 'circle', centre: at, radiusMetres: 50 } })).toBe(false);
    expect(isMixed({ shape: { kind: 'route', vertices: [at, at], widthMetres: 50 } })).toBe(false);
  });

  it('say what the owner of a live camera shares of it', () => {
    const { id, position, viewCone, sees, distanceMetres } = registered;
    const place = { id, position, viewCone, sees, distanceMetres };
    const of = (sharingMode: LiveSource['sharingMode'], number = 7) =>
      ({ kind: 'live', ...place, number, name: 'Dock', siteName: 'Market', sharingMode, overwriting: null }) as const;
    expect(liveWords(of('always'))).toBe('Live, camera 7');
    expect(liveWords(of('off', 0))).toBe('Owner off');
    expect(sourceLabel(of('always'), 1)).toBe('1. Dock, sees the place, 42 m');
    expect(sourceLabel(of('onAlert'), 1)).toBe('1. Dock, sees the place, 42 m, on alert only');
    expect([of('always'), of('recordedOnly'), registered].map(isLiveNow)).toEqual([true, false, false]);
  });

  it('say how long the recording is there', () => {
    expect(overwritingWords({ state: 'kept', hoursLeft: 30 })).toEqual({ tone: 'calm', words: 'Overwritten in 30 h' });
    expect(overwritingWords({ state: 'kept', hoursLeft: 72 }).words).toBe('Overwritten in 3 days');
    expect(overwritingWords({ state: 'kept', hoursLeft: 0 })).toEqual({
      tone: 'soon',
      words: 'Overwritten within the hour',
    });
    expect(overwritingWords({ state: 'partly', hoursLeft: 5 }).words).toBe('Being overwritten, all gone in 5 h');
    expect(overwritingWords({ state: 'overwritten' })).toEqual({ tone: 'gone', words: 'Overwritten' });
    expect(overwritingWords(null)).toEqual({ tone: 'calm', words: 'For how long it is kept is not known' });
  });

  it('turn the window into what a wrong clock shows', () => {
    const window = { from: '2026-01-05T14:00:00.000Z', to: '2026-01-05T14:30:00.000Z' };
    expect(clockWords(registered, window)).toBeNull();
    expect(clockWords({ ...registered, clockOffsetSeconds: 240 }, window)).toMatch(
      /^Its clock is 4 min ahead: look from \d\d:04:00 to \d\d:34:00/,
    );
    expect(clockWords({ ...registered, clockOffsetSeconds: 86_400 }, window)).toMatch(
      /^Its clock is 24 h 00 ahead: look from 6 Jan 2026, \d\d:00:00 to 6 Jan 2026, \d\d:30:00/,
    );
    expect(clockWords({ ...registered, clockOffsetSeconds: -30 }, window)).toMatch(/^Its clock is 30 s behind/);
  });
});
