import type { OwnerAlert } from '@commonsight/types/alert';
import type { LedgerLine } from '@commonsight/types/ledger';
import { describe, expect, it } from 'vitest';
import { watchedDuring } from './alertWords.ts';

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
