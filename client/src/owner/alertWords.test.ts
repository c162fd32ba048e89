import type { OwnerAlert } from '@commonsight/types/alert';
import type { LedgerLine } from '@commonsight/types/ledger';
import { describe, expect, it } from 'vitest';
import type { SharingDocument, SharingRule } from '@commonsight/types/relay/sharing';
import { announcementOf, idleSentence, watchedDuring } from './alertWords.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 10, minutes)).toISOString();

const alert: OwnerAlert = {
  id: 'alert-1',
  isTest: false,
  trigger: 'owner',
  stage: 'ended',
  begunAt: at(0),
  sharedAt: at(1),
  until: at(31),
  leftMs: 0,
  mayExtend: false,
  endedAt: at(21),
  end: 'owner',
};

function lineOf(pseudonym: string, from: number, to: number | null): LedgerLine {
  return {
    viewingId: `${pseudonym}-${from}`,
    cameraId: 'camera-1',
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
    kind: 'live',
    purpose: 'violentCrime',
    isBreakGlass: false,
    incident: { state: 'shown', number: 1 },
    role: 'analyst',
    pseudonym,
  };
}

describe('the receipt of an alert', () => {
  const cameras = [{ id: 'camera-1', number: 1, name: 'Yard', section: null, sharingMode: 'onAlert' as const }];
  const minutes = (lines: LedgerLine[], of = alert) =>
    watchedDuring(of, { lines, cameras }, Date.parse(at(60))).map(({ pseudonym, ms }) => [pseudonym, ms / 60_000]);

  it('counts what was looked at during the alert alone, by person and camera', () => {
    const lines = [lineOf('Heron', 0, 6), lineOf('Heron', 10, 12), lineOf('Finch', 20, null), lineOf('Owl', 22, 30)];
    expect(minutes(lines)).toEqual([
      ['Heron', 7],
      ['Finch', 1],
    ]);
  });

  it('has nobody in a test, and nobody when nothing was shared', () => {
    expect(minutes([lineOf('Heron', 0, 6)], { ...alert, isTest: true })).toEqual([]);
    expect(minutes([lineOf('Heron', 0, 6)], { ...alert, sharedAt: null })).toEqual([]);
  });
});

describe('the button', () => {
  const rule = (mode: SharingRule['mode'], changed: Partial<SharingRule> = {}): SharingRule => ({
    mode,
    schedule: [],
    dates: [],
    ...changed,
  });
  const document = (others: SharingRule, cameras: Record<string, SharingRule> = {}): SharingDocument => ({
    format: 'commonsight-sharing-1',
    relayId: '0192f0c1-0000-7000-8000-000000000001',
    version: 1,
    issuedAt: at(0),
    timeZone: 'America/Chicago',
    default: others,
    cameras,
  });

  it('promises to open cameras only when some are shared on alert, by a rule, a period or a date', () => {
    const opens = (of: SharingDocument) => idleSentence(of, true).startsWith('Opens the cameras');
    expect(opens(document(rule('always'), { one: rule('off') }))).toBe(false);
    expect(opens(document(rule('onAlert')))).toBe(true);
    expect(opens(document(rule('off'), { one: rule('onAlert') }))).toBe(true);
    const schedule = [{ days: ['monday' as const], from: '08:00', to: '09:00', mode: 'onAlert' as const }];
    expect(opens(document(rule('off'), { one: rule('off', { schedule }) }))).toBe(true);
    const dates = [{ date: '2026-01-05', mode: 'onAlert' as const }];
    expect(opens(document(rule('off'), { one: rule('off', { dates }) }))).toBe(true);
  });

  it('says why it does nothing', () => {
    expect(idleSentence(document(rule('onAlert')), false)).toContain('not connected');
    expect(idleSentence(null, true)).toContain('Say first');
  });
});

it('what is read out changes with each stage and with the end, and not with the time', () => {
  const running = { ...alert, endedAt: null, end: null };
  const stages = (['arming', 'sharing', 'extensionAsked'] as const).map((stage) => ({ ...running, stage }));
  const words = [...stages, alert].map(announcementOf);
  expect(new Set(words).size).toBe(4);
  expect(words.at(-1)).toBe('The alert is over. You ended it.');
  expect(stages.map((one) => announcementOf({ ...one, leftMs: 1 }))).toEqual(words.slice(0, 3));
});
