import { type SharingRule, sharingModeSchema, weekdays } from '@commonsight/types/relay/sharing';
import { assert, constantFrom, property, record, array, subarray, integer, date } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOffThroughout, isShared, judgeSharing } from '@commonsight/types/relay/judgeSharing';

const timeZone = 'America/Chicago';
const off: SharingRule = { mode: 'off', schedule: [], dates: [] };
const documentOf = (rule: Partial<SharingRule>) => ({
  timeZone,
  default: off,
  cameras: { north: { ...off, ...rule } },
});
const judge = (rule: Partial<SharingRule>, at: string) => judgeSharing(documentOf(rule), 'north', Date.parse(at), null);
const always = (days: (typeof weekdays)[number][], from: string, to: string) =>
  ({ days, from, to, mode: 'always' }) as const;

describe('judgeSharing', () => {
  test.each(sharingModeSchema.options)('SHR4 lets a camera be seen live in one mode alone: %s', (mode) => {
    const { mayBeSeen, until, sentence } = judge({ mode }, '2026-03-02T12:00:00Z');
    expect(mayBeSeen).toBe(mode === 'always');
    expect(until).toBeNull();
    expect(sentence).toMatch(/^The owner .*\.$/);
  });

  test('SHR4 takes the default for a camera that is not named, whatever its name', () => {
    for (const camera of ['south', 'constructor', '__proto__']) {
      expect(judgeSharing(documentOf({ mode: 'always' }), camera, 0, null).mayBeSeen).toBe(false);
    }
  });

  test('SHR4 goes by the clock on the wall, past midnight', () => {
    const schedule = [always(['friday'], '22:00', '06:00')];
    // A Friday in winter, UTC-6.
    expect(judge({ schedule }, '2026-01-10T03:59:59Z')).toMatchObject({
      mayBeSeen: false,
      until: '2026-01-10T04:00:00.000Z',
    });
    expect(judge({ schedule }, '2026-01-10T04:00:00Z')).toEqual({
      mayBeSeen: true,
      mode: 'always',
      until: '2026-01-10T12:00:00.000Z',
      sentence: 'The owner shares this camera now. Until Saturday 06:00.',
    });
    expect(judge({ schedule }, '2026-01-10T12:00:00Z').mayBeSeen).toBe(false);
    expect(judge({ schedule }, '2026-01-09T06:30:00Z').mayBeSeen).toBe(false);
  });

  test('SHR4 is right on the days on which the clocks change', () => {
    const schedule = [always([...weekdays], '01:30', '03:30')];
    // 8 March 2026: 02:00 CST is 03:00 CDT, so that the two hours are one.
    expect(judge({ schedule }, '2026-03-08T07:30:00Z')).toMatchObject({
      mayBeSeen: true,
      until: '2026-03-08T08:30:00.000Z',
    });
    // 1 November 2026: 02:00 CDT is 01:00 CST, so that 01:30 comes twice, and 01:00 to 01:30 once more in between.
    expect(judge({ schedule }, '2026-11-01T06:30:00Z')).toMatchObject({
      mayBeSeen: true,
      until: '2026-11-01T07:00:00.000Z',
    });
    expect(judge({ schedule }, '2026-11-01T07:00:00Z')).toMatchObject({
      mayBeSeen: false,
      until: '2026-11-01T07:30:00.000Z',
    });
    expect(judge({ schedule }, '2026-11-01T07:30:00Z')).toMatchObject({
      mayBeSeen: true,
      until: '2026-11-01T09:30:00.000Z',
    });
    // A time that the clock leaps over begins where it lands.
    const skipped = [always(['sunday'], '02:30', '04:00')];
    expect(judge({ schedule: skipped }, '2026-03-08T07:59:00Z')).toMatchObject({
      mayBeSeen: false,
      until: '2026-03-08T08:00:00.000Z',
    });
  });

  test('SHR4 lets a single date win over the week', () => {
    const rule = { mode: 'always', dates: [{ date: '2026-07-04', mode: 'off' }] } as const;
    expect(judge({ ...rule, dates: [...rule.dates] }, '2026-07-04T04:59:00Z')).toMatchObject({
      mayBeSeen: true,
      until: '2026-07-04T05:00:00.000Z',
    });
    expect(judge({ ...rule, dates: [...rule.dates] }, '2026-07-04T05:00:00Z')).toMatchObject({
      mayBeSeen: false,
      until: '2026-07-05T05:00:00.000Z',
    });
  });

  test('SHR4 whatever the schedule, nothing changes before `until`, and it does then', () => {
    const time = integer({ min: 0, max: 1_439 }).map(
      (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    );
    const period = record({
      days: subarray([...weekdays], { minLength: 1 }),
      from: time,
      to: time,
      mode: constantFrom(...sharingModeSchema.options),
    }).filter(({ from, to }) => from !== to);
    const moment = date({
      min: new Date('2026-02-25T00:00:00Z'),
      max: new Date('2026-11-10T00:00:00Z'),
      noInvalidDate: true,
    });
    const zone = constantFrom(timeZone, 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const given = property(array(period, { maxLength: 3 }), moment, zone, (schedule, at, ofZone) => {
      const document = { ...documentOf({ schedule }), timeZone: ofZone };
      const { mayBeSeen, until } = judgeSharing(document, 'north', at.getTime(), null);
      const endMs = until === null ? at.getTime() + 8 * 86_400_000 : Date.parse(until);
      expect(until === null || isShared(document, 'north', endMs, false) !== mayBeSeen).toBe(true);
      for (let ms = at.getTime(); ms < endMs; ms += 7 * 60_000)
        expect(isShared(document, 'north', ms, false)).toBe(mayBeSeen);
      expect(isShared(document, 'north', endMs - 1, false)).toBe(mayBeSeen);
    });
    assert(given, { numRuns: 25 });
  });
});

describe('isOffThroughout', () => {
  const isOff = (rule: Partial<SharingRule>, from: string, to: string, camera = 'north') =>
    isOffThroughout(documentOf(rule), camera, Date.parse(from), Date.parse(to));
  const [from, to] = ['2026-03-02T12:00:00Z', '2026-03-02T20:00:00Z'];

  test.each(sharingModeSchema.options)('FTG1 goes by the mode, where that is all: %s', (mode) => {
    expect(isOff({ mode }, from, to)).toBe(mode === 'off');
    expect(isOff({ mode: 'always' }, from, to, 'another')).toBe(true);
  });

  test('FTG1 finds a period within the time, at its ends and far into it', () => {
    // By the site's clock: 06:00 to 14:00.
    const period = (begin: string, end: string) => ({ schedule: [always(['monday'], begin, end)] });
    expect(isOff(period('09:10', '09:20'), from, to)).toBe(false);
    expect(isOff(period('05:00', '06:01'), from, to)).toBe(false);
    expect(isOff(period('14:00', '15:00'), from, to)).toBe(false);
    expect(isOff(period('05:00', '06:00'), from, to)).toBe(true);
    expect(isOff(period('14:01', '15:00'), from, to)).toBe(true);
    const never = { mode: 'off' as const, days: ['monday' as const], from: '00:00', to: '24:00' };
    expect(isOff({ schedule: [never, always(['monday'], '09:00', '10:00')] }, from, '2027-03-02T20:00:00Z')).toBe(true);
  });

  test('FTG1 finds a single day, at its ends and in the midst of years', () => {
    const on = (day: string) => ({ dates: [{ date: day, mode: 'recordedOnly' as const }] });
    expect(isOff(on('2026-03-02'), from, to)).toBe(false);
    expect(isOff(on('2026-03-03'), from, to)).toBe(true);
    expect(isOff(on('2026-09-03'), from, '2028-03-02T20:00:00Z')).toBe(false);
    expect(isOff(on('2028-03-02'), from, '2028-03-02T20:00:00Z')).toBe(false);
    expect(isOff({ mode: 'always', dates: [{ date: '2026-03-02', mode: 'off' }] }, from, to)).toBe(true);
  });
});

describe('ALE1 during an alert', () => {
  const at = Date.parse('2026-01-05T18:00:00Z');
  const during = (rule: Partial<SharingRule>, endsAtMs: number) =>
    judgeSharing(documentOf(rule), 'north', at, { endsAtMs });

  test('a camera that is shared on alert is seen, until the alert is over', () => {
    expect(during({ mode: 'onAlert' }, at + 60_000)).toMatchObject({
      mayBeSeen: true,
      mode: 'onAlert',
      until: new Date(at + 60_000).toISOString(),
      sentence: expect.stringContaining('during an alert'),
    });
  });

  test('nothing else is opened, and what is always shared does not end with it', () => {
    for (const mode of ['recordedOnly', 'off'] as const) expect(during({ mode }, at + 60_000).mayBeSeen).toBe(false);
    expect(during({ mode: 'always' }, at + 60_000)).toMatchObject({ mayBeSeen: true, until: null });
  });

  test('a schedule that begins or ends before it goes first', () => {
    const schedule = [{ days: ['monday' as const], from: '13:00', to: '14:00', mode: 'off' as const }];
    const untilOneOClock = during({ mode: 'onAlert', schedule }, at + 3 * 3_600_000);
    expect(untilOneOClock).toMatchObject({ mayBeSeen: true, until: '2026-01-05T19:00:00.000Z' });
    expect(during({ mode: 'onAlert', schedule }, at + 60_000).until).toBe(new Date(at + 60_000).toISOString());
  });
});
