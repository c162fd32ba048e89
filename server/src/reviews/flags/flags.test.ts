import { describe, expect, test } from 'vitest';
import { burst } from './burst.ts';
import { type Circumstances, type PastIncident, type PastViewing, dayMs, hourMs, minuteMs } from './FlagRule.ts';
import { genericNotes } from './genericNotes.ts';
import { longDwell } from './longDwell.ts';
import { outOfShift } from './outOfShift.ts';
import { reusedIncident } from './reusedIncident.ts';
import { sameCameraManyDays } from './sameCameraManyDays.ts';
import { saysNothing } from './saysNothing.ts';
import { networkOf, twoPlaces } from './twoPlaces.ts';

/** A Wednesday. */
const noonMs = Date.parse('2026-03-04T12:00:00.000Z');
const here = { latitude: 43.04, longitude: -87.91 };
const far = { latitude: 43.1, longitude: -87.91 };

function viewing(change: Partial<PastViewing> = {}): PastViewing {
  return {
    id: 'viewing',
    userId: 'user',
    sessionId: 'session',
    cameraId: 'camera',
    cameraName: 'Market North',
    cameraPosition: here,
    incidentId: 'incident',
    purpose: 'violentCrime',
    startedAtMs: noonMs,
    endedAtMs: noonMs + 5 * minuteMs,
    ...change,
  };
}

const incident: PastIncident = {
  id: 'incident',
  number: 7,
  title: 'Robbery at Market Hall',
  position: here,
  openedAtMs: noonMs - hourMs,
  entries: [],
};

function around(change: Partial<Circumstances> = {}): Circumstances {
  const judged = change.viewing ?? viewing();
  return {
    viewing: judged,
    incident,
    history: [judged],
    sessions: [],
    shift: null,
    nowMs: judged.endedAtMs ?? noonMs,
    ...change,
  };
}

const ownNote = (text: string, atMs = noonMs) => ({ atMs, authorId: 'user', kind: 'note' as const, text });

describe('out of shift', () => {
  const early = { timeZone: 'America/Chicago', days: [1, 2, 3, 4, 5], startMinute: 6 * 60, endMinute: 14 * 60 };
  const night = { timeZone: 'America/Chicago', days: [3], startMinute: 22 * 60, endMinute: 6 * 60 };
  const at = (moment: string, shift: Circumstances['shift']) =>
    outOfShift.find(around({ shift, viewing: viewing({ startedAtMs: Date.parse(moment) }) }));

  test.each([
    ['2026-03-04T12:00:00.000Z', early], // 06:00 in Chicago
    ['2026-03-04T11:35:00.000Z', early], // 05:35, within the tolerance
    ['2026-03-04T20:25:00.000Z', early], // 14:25, within the tolerance
    ['2026-07-01T18:59:00.000Z', early], // summer time: 13:59
    ['2026-03-05T04:30:00.000Z', night], // Wednesday 22:30
    ['2026-03-05T11:00:00.000Z', night], // Thursday 05:00, of Wednesday's shift
  ])('%s is within the hours', (moment, shift) => {
    expect(at(moment, shift)).toBeNull();
  });

  test.each([
    [
      '2026-03-04T11:25:00.000Z',
      early,
      'Began Wed at 05:25; the working hours are 06:00 to 14:00, Mon, Tue, Wed, Thu, Fri.',
    ],
    ['2026-03-07T15:00:00.000Z', early, 'Began Sat at 09:00'],
    ['2026-03-04T11:00:00.000Z', night, 'Began Wed at 05:00'],
    ['2026-03-06T05:00:00.000Z', night, 'Began Thu at 23:00'],
  ])('%s is outside of them', (moment, shift, words) => {
    expect(at(moment, shift)).toContain(words);
  });

  test('who has no working hours is never outside of them', () => {
    expect(at('2026-03-07T03:00:00.000Z', null)).toBeNull();
  });
});

describe('burst', () => {
  const openings = (count: number, apartMs: number) =>
    Array.from({ length: count }, (_, index) =>
      viewing({ id: `${index}`, cameraId: `camera ${index}`, startedAtMs: noonMs + index * apartMs }),
    );
  const judge = (history: PastViewing[]) => burst.find(around({ history, viewing: history.at(-1) ?? viewing() }));

  test('leafing through many cameras stands out', () => {
    expect(judge(openings(14, 20_000))).toBe('The last of 14 cameras opened one after another within 10 minutes.');
  });

  test('a wall that opens at once, a slow look around and cameras that were seen before do not', () => {
    expect(judge(openings(25, 50))).toBeNull();
    expect(judge(openings(14, 2 * minuteMs))).toBeNull();
    const seen = openings(14, 20_000).map((before) => ({ ...before, startedAtMs: before.startedAtMs - 30 * minuteMs }));
    expect(judge([...seen, ...openings(14, 20_000)])).toBeNull();
  });
});

describe('the same camera on many days', () => {
  const old = { ...incident, openedAtMs: noonMs - 20 * dayMs };
  const daily = (days: number) =>
    Array.from({ length: days }, (_, index) =>
      viewing({
        id: `${index}`,
        startedAtMs: noonMs - (days - 1 - index) * dayMs,
        endedAtMs: noonMs - (days - 1 - index) * dayMs + minuteMs,
      }),
    );
  const judge = (history: PastViewing[], judged: PastIncident = old) =>
    sameCameraManyDays.find(around({ history, viewing: history.at(-1) ?? viewing(), incident: judged }));

  test('stands out when nothing happened', () => {
    expect(judge(daily(5))).toBe('Market North on 5 days within two weeks, while nothing happened in #7.');
    expect(judge(daily(3))).toBeNull();
    expect(judge(daily(9).map((visit) => ({ ...visit, cameraId: visit.id })))).toBeNull();
  });

  test('several looks in one day are one visit', () => {
    const looks = [0, 1, 2, 3, 4, 5].map((hour) => viewing({ id: `${hour}`, startedAtMs: noonMs + hour * hourMs }));
    expect(judge(looks)).toBeNull();
  });

  test('work on the incident explains the visits, words without content do not', () => {
    const worked = daily(5).map(({ startedAtMs }) => ({
      atMs: startedAtMs - hourMs,
      authorId: 'somebody else',
      kind: 'note' as const,
      text: 'New witness',
    }));
    expect(judge(daily(5), { ...old, entries: worked })).toBeNull();
    const empty = worked.map((entry) => ({ ...entry, authorId: 'user', text: 'checking' }));
    expect(judge(daily(5), { ...old, entries: empty })).not.toBeNull();
  });
});

describe('long dwell', () => {
  const long = (hours: number, change: Partial<PastViewing> = {}) =>
    viewing({ startedAtMs: noonMs - hours * hourMs, endedAtMs: noonMs, ...change });
  const old = { ...incident, openedAtMs: noonMs - dayMs };
  const judge = (judged: PastViewing, change: Partial<Circumstances> = {}) =>
    longDwell.find(around({ viewing: judged, incident: old, ...change }));

  test('stands out when nothing happened', () => {
    expect(judge(long(3))).toBe('Market North for 3 hours; nothing happened in #7 for 24 hours.');
    expect(judge(long(1))).toBeNull();
    expect(judge(long(3, { endedAtMs: null }), { nowMs: noonMs })).not.toBeNull();
  });

  test('an event takes its time, and work on the incident explains it', () => {
    expect(judge(long(3, { purpose: 'publicEvent' }))).toBeNull();
    const entries = [{ atMs: noonMs - 10 * minuteMs, authorId: 'user', kind: 'note' as const, text: 'Red van leaves' }];
    expect(judge(long(3), { incident: { ...old, entries } })).toBeNull();
  });

  test('a connection that broke in between does not hide it', () => {
    const first = long(3, { id: 'first', endedAtMs: noonMs - hourMs });
    const second = long(1, { id: 'second', startedAtMs: noonMs - hourMs + minuteMs });
    expect(judge(second, { history: [first, second] })).toContain('for 3 hours');
    const later = { ...second, startedAtMs: noonMs - 30 * minuteMs };
    expect(judge(later, { history: [first, later] })).toBeNull();
  });
});

describe('a reused incident', () => {
  const old = { ...incident, openedAtMs: noonMs - 5 * dayMs };
  const tour = (place: typeof far, count = 4) =>
    Array.from({ length: count }, (_, index) =>
      viewing({ id: `${index}`, cameraId: `camera ${index}`, cameraPosition: place, startedAtMs: noonMs + index }),
    );
  const judge = (history: PastViewing[], judged: PastIncident = old) =>
    reusedIncident.find(around({ history, viewing: history.at(-1) ?? viewing(), incident: judged }));

  test('stands out for cameras far from an incident that rests', () => {
    expect(judge(tour(far))).toBe('#7, quiet for 5 days, stands for 4 cameras up to 6.7 km away.');
  });

  test('cameras nearby, a few, or an incident at work do not', () => {
    expect(judge(tour(here))).toBeNull();
    expect(judge(tour(far, 2))).toBeNull();
    expect(judge(tour(far), incident)).toBeNull();
    const entries = [{ atMs: noonMs - hourMs, authorId: 'else', kind: 'note' as const, text: 'Seen at the harbour' }];
    expect(judge(tour(far), { ...old, entries })).toBeNull();
  });
});

describe('two places', () => {
  const session = (id: string, sourceAddress: string, change = {}) => ({
    id,
    sourceAddress,
    deviceClass: 'console' as const,
    startedAtMs: noonMs - hourMs,
    lastActiveAtMs: noonMs,
    ...change,
  });
  const own = session('session', '10.0.3.17');
  const judge = (other: ReturnType<typeof session>) => twoPlaces.find(around({ sessions: [own, other] }));

  test('stands out', () => {
    expect(judge(session('other', '198.51.100.7'))).toBe(
      'The account was active from 10.0.3.17 and from 198.51.100.7 at the same time.',
    );
  });

  test.each([
    ['the next desk', session('other', '10.0.3.18')],
    ['a wall display', session('other', '10.0.9.1', { deviceClass: 'wallDisplay' })],
    ['a login that was left', session('other', '10.0.9.1', { lastActiveAtMs: noonMs - 50 * minuteMs, startedAtMs: 0 })],
    ['a login after this one', session('other', '10.0.9.1', { startedAtMs: noonMs - minuteMs })],
  ])('%s does not', (_name, other) => {
    const left = { ...own, startedAtMs: noonMs - 45 * minuteMs };
    expect(twoPlaces.find(around({ sessions: [left, other] }))).toBeNull();
  });

  test('networks', () => {
    expect(networkOf('::ffff:10.0.3.17')).toBe(networkOf('10.0.3.200'));
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:0db8:1:2::9'));
    expect(networkOf('2001:db8::1')).not.toBe(networkOf('2001:db8:0:1::1'));
  });
});

describe('generic notes', () => {
  const judge = (title: string, notes: string[]) =>
    genericNotes.find(around({ incident: { ...incident, title, entries: notes.map((text) => ownNote(text)) } }));

  test.each([
    ['Investigation', []],
    ['Police business', ['checking']],
    ['Robbery at Market Hall', ['...', 'test']],
  ])('%s with %j stands out', (title, notes) => {
    expect(judge(title, notes)).not.toBeNull();
  });

  test.each([
    ['Robbery at Market Hall', []],
    ['Investigation', ['Blue Honda, driver ran towards 3rd Street']],
    ['Robbery at Market Hall', ['checking', 'Both suspects wear hoods']],
  ])('%s with %j does not', (title, notes) => {
    expect(judge(title, notes)).toBeNull();
  });

  test.each(['', '.', 'INVESTIGATION', 'per sgt', 'xxxx', 'Crim. inv.'])('"%s" says nothing', (text) => {
    expect(saysNothing(text)).toBe(true);
  });
  test.each(['Stolen Kia', '受害者', 'Plate 221', 'Niño perdido'])('"%s" says something', (text) => {
    expect(saysNothing(text)).toBe(false);
  });
});
