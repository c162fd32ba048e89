import { describe, expect, it } from 'vitest';
import {
  draftAbout,
  localMinute,
  readDraft,
  withKind,
  withMovedSpot,
  withoutLastSpot,
  withSpot,
} from './SearchDraft.ts';

const nowMs = Date.parse('2026-01-05T15:00:00Z');
const hour = 3_600_000;
const [here, there, elsewhere] = [
  { latitude: 43.04, longitude: -87.91 },
  { latitude: 43.041, longitude: -87.909 },
  { latitude: 43.042, longitude: -87.912 },
] as const;
const draft = draftAbout(here, nowMs - hour, nowMs);

describe('a draft of a question', () => {
  it('is ready about a point with a radius and a time', () => {
    expect(readDraft(draft, nowMs)).toEqual({
      state: 'ready',
      search: {
        shape: { kind: 'point', point: here, radiusMetres: 250 },
        window: { from: '2026-01-05T14:00:00.000Z', to: '2026-01-05T15:00:00.000Z' },
      },
    });
  });

  it('has one spot for a point and adds corners to a polygon', () => {
    expect(withSpot(draft, there).spots).toEqual([there]);
    const polygon = withSpot(withSpot(withKind(draft, 'polygon'), there), elsewhere);
    expect(polygon.spots).toEqual([here, there, elsewhere]);
    expect(readDraft(polygon, nowMs)).toMatchObject({ state: 'ready', search: { shape: { kind: 'polygon' } } });
    expect(readDraft(withoutLastSpot(polygon), nowMs)).toMatchObject({
      problems: { place: 'Press on the map for three corners or more.' },
    });
    expect(withKind(polygon, 'circle').spots).toEqual([here]);
  });

  it('moves a corner', () => {
    const route = withSpot(withKind(draft, 'route'), there);
    expect(withMovedSpot(route, 0, elsewhere).spots).toEqual([elsewhere, there]);
    expect(readDraft(route, nowMs)).toMatchObject({ search: { shape: { kind: 'route', widthMetres: 60 } } });
    expect(withKind(route, 'point').metres).toBe('250');
  });

  it('says what is missing beside its part', () => {
    const empty = { ...draftAbout(null, nowMs, nowMs), metres: '3000', from: '', to: '' };
    expect(readDraft(empty, nowMs)).toEqual({
      state: 'unready',
      problems: {
        place: 'Press on the map where it happened.',
        metres: 'Whole metres, 1 to 2000.',
        from: 'A day and a time.',
        to: 'A day and a time.',
      },
    });
    const reversed = { ...draft, from: localMinute(nowMs + hour), to: localMinute(nowMs) };
    expect(readDraft(reversed, nowMs)).toEqual({
      state: 'unready',
      problems: {
        from: 'This is still to come: nothing has seen it.',
        to: 'The time ends before it begins.',
      },
    });
  });
});
