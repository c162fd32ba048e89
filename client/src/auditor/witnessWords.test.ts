import type { WitnessAlarm } from '@commonsight/types/witness';
import { expect, test } from 'vitest';
import { behindWords, summaryWords, witnessState } from './witnessWords.ts';

const nowMs = Date.parse('2026-03-01T10:10:00.000Z');
const at = (secondsAgo: number) => new Date(nowMs - secondsAgo * 1_000).toISOString();
const alarm: WitnessAlarm = {
  kind: 'forked',
  since: at(9),
  keptSize: 3,
  seenSize: 4,
  keptNote: '',
  seenNote: '',
};
const current = { cosigned: { size: 90, at: at(2) }, alarm: null };
const old = { cosigned: { size: 90, at: at(600) }, alarm: null };
const alarmed = { cosigned: { size: 90, at: at(2) }, alarm };

test('says how far each witness has come, and when', () => {
  expect(behindWords(current, 100, nowMs)).toBe('cosigned 90 entries, 10 behind, 2 s ago');
  expect(behindWords(current, 90, nowMs)).toBe('cosigned all entries, 2 s ago');
  expect(behindWords(old, 100, nowMs)).toContain('10 min ago');
  expect(behindWords({ cosigned: null, alarm: null }, 100, nowMs)).toBe('has cosigned nothing yet');
  expect(behindWords(alarmed, 90, nowMs)).toContain('raises an alarm');
});

test('counts those that are there, and never one with an alarm among them', () => {
  expect(summaryWords([], nowMs)).toContain('No relay');
  expect(summaryWords([current], nowMs)).toBe('Witnessed by 1 of 1 relay within three minutes.');
  expect(summaryWords([current, old, alarmed], nowMs)).toContain(
    '1 of 3 relays within three minutes. 1 raises an alarm',
  );
  expect([current, old, alarmed].map((one) => witnessState(one, nowMs))).toEqual(['live', 'warn', 'stale']);
});
