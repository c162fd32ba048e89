import { describe, expect, test } from 'vitest';
import { aSupervisedSession as session } from '../../testing/records.ts';
import { reasonWords, screenWords, sessionRows, sessionStateWords, watchedMs } from './sessionRows.ts';

const viewing = {
  id: 'viewing-1',
  cameraId: 'camera-1',
  cameraName: 'Market North',
  incidentNumber: 2041,
  incidentTitle: 'Robbery',
  purpose: 'violentCrime' as const,
  startedAt: '2026-01-05T10:00:00.000Z',
};
const named = (id: string, name: string) => ({ id, user: { id, name, role: 'analyst' as const } });
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const everything = { words: '', onlyWatching: false };

test('those that watch come first, those without a window last, by name', () => {
  const rows = [
    session({ ...named('away', 'Ada'), connections: 0 }),
    session(named('zoe', 'Zoe')),
    session(named('bea', 'Bea')),
    session({ ...named('watching', 'Zora'), viewings: [viewing] }),
  ];
  expect(ids(sessionRows(rows, everything))).toEqual(['watching', 'bea', 'zoe', 'away']);
  expect(ids(sessionRows(rows, { words: '', onlyWatching: true }))).toEqual(['watching']);
});

test.each([
  ['zora', ['a']],
  ['robbery north', ['a']],
  ['#2041 violent', ['a']],
  ['harbor', ['b']],
  ['locked', ['b']],
  ['analyst', ['a', 'b']],
  ['nobody', []],
])('the filter %j finds %j', (words, found) => {
  const rows = [
    session({ ...named('a', 'Zora'), viewings: [viewing] }),
    session({ ...named('b', 'Bea'), state: 'locked', screens: [{ wallId: 'w', wallName: 'Harbor', screen: 1 }] }),
  ];
  expect(ids(sessionRows(rows, { words, onlyWatching: false }))).toEqual(found);
});

test('what was watched counts what has ended and what runs', () => {
  const nowMs = Date.parse('2026-01-05T10:02:00.000Z');
  expect(watchedMs(session({ endedViewingMs: 30_000, viewings: [viewing, viewing] }), nowMs)).toBe(270_000);
});

describe('words', () => {
  test.each([
    [session(), 'Active'],
    [session({ connections: 0 }), 'No window open'],
    [session({ deviceClass: 'wallDisplay' }), 'Wall display'],
    [session({ state: 'locked', connections: 0 }), 'Locked'],
    [session({ state: 'secondFactorNeeded' }), 'Sets up a second factor'],
    [session({ state: 'noticeNeeded' }), 'At the use notice'],
  ])('of the state', (row, words) => {
    expect(sessionStateWords(row).words).toBe(words);
  });

  test('of the walls that are open, and of the reasons', () => {
    const open = (wallName: string, screen: number | null) => ({ wallId: wallName, wallName, screen });
    expect(screenWords([open('Downtown', 1), open('Downtown', 2), open('Harbor', null)])).toBe('Downtown 1, 2; Harbor');
    expect(reasonWords([viewing, { ...viewing, id: 'viewing-2' }], () => 'Homicide')).toBe('#2041 Homicide');
  });
});
