import type { SharingDocument, SharingRule } from '@commonsight/types/relay/sharing';
import { expect, test } from 'vitest';
import { policeSentence } from './sharingWords.ts';

/** A Monday, 10:00 in Chicago. */
const nowMs = Date.UTC(2026, 0, 5, 16);

function sentence(rule: Partial<SharingRule>): string {
  const document: SharingDocument = {
    format: 'commonsight-sharing-1',
    relayId: '0192f0c1-0000-7000-8000-000000000001',
    version: 1,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'America/Chicago',
    default: { mode: 'off', schedule: [], dates: [], ...rule },
    cameras: {},
  };
  return policeSentence(document, 'camera-1', nowMs);
}

const onDay = (date: string) => ({ date, mode: 'always' as const });

test('a change of the next days is told by its weekday, and one that is further ahead with its day', () => {
  expect(sentence({ dates: [onDay('2026-01-08')] })).toContain('They can from Thursday 00:00.');
  const [, inAWeek] = /They can from (.+)\.$/.exec(sentence({ dates: [onDay('2026-01-12')] })) ?? [];
  expect(inAWeek).toMatch(/Monday, January 12.* 00:00/);
});

test('a change that is weeks or a year ahead is told as well', () => {
  expect(sentence({ dates: [onDay('2026-02-20')] })).toMatch(/They can from Friday, February 20.* 00:00\./);
  expect(sentence({ dates: [onDay('2027-01-05')] })).toMatch(/They can from Tuesday, January 5, 2027.* 00:00\./);
  expect(sentence({ dates: [onDay('2025-12-24')] })).toBe('Police cannot see this at all.');
});

test('what the week does behind single days comes before a day that is further ahead', () => {
  const schedule = [{ days: ['monday' as const], from: '20:00', to: '22:00', mode: 'always' as const }];
  const off = ['2026-01-05', '2026-01-12'].map((date) => ({ date, mode: 'off' as const }));
  expect(sentence({ schedule, dates: [...off, onDay('2026-06-01')] })).toMatch(/Monday, January 19.* 20:00\./);
});
