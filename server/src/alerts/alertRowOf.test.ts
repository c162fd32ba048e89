import type { AlertState } from '@commonsight/types/relay/alert';
import { describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import type { AlertRow } from './alertRepository.ts';
import { alertRowOf, goneAlertOf } from './alertRowOf.ts';

const now = new Date('2026-01-05T10:00:00.000Z');
const minuteMs = 60_000;
const at = (minutes: number) => new Date(now.getTime() + minutes * minuteMs);
const speaking = {
  actor: { kind: 'relay' as const, relayId: newId(), agencyId: newId(), sourceAddress: null },
  siteId: newId(),
};

function stateOf(changed: Partial<AlertState> = {}): AlertState {
  return {
    id: newId(),
    isTest: false,
    trigger: 'webhook',
    stage: 'sharing',
    leftMs: 20 * minuteMs,
    sharedMs: 10 * minuteMs,
    mayExtend: false,
    end: null,
    endedMsAgo: null,
    ...changed,
  };
}
const rowOf = (alert: AlertState, before: AlertRow | null = null, note = 'Call the desk.') => ({
  ...alertRowOf(speaking, { alert, before, note }, now),
  incidentId: null,
});

describe('ALE7 what a relay tells', () => {
  it('is counted back from now', () => {
    expect(rowOf(stateOf())).toMatchObject({
      begunAt: new Date(at(-10).getTime() - 5_000),
      sharedAt: at(-10),
      until: at(20),
      endedAt: null,
      note: 'Call the desk.',
    });
    const arming = rowOf(stateOf({ stage: 'arming', leftMs: 2_000, sharedMs: 0 }));
    expect(arming).toMatchObject({ begunAt: new Date(now.getTime() - 3_000), sharedAt: null });
  });

  it('stands where it was when it has ended long before', () => {
    const ended = { stage: 'ended', leftMs: 0, end: 'time', endedMsAgo: 180 * minuteMs } as const;
    expect(rowOf(stateOf({ ...ended, sharedMs: 30 * minuteMs }))).toMatchObject({
      begunAt: new Date(at(-210).getTime() - 5_000),
      sharedAt: at(-210),
      until: at(-180),
      endedAt: at(-180),
      note: '',
    });
    const cancelled = rowOf(stateOf({ ...ended, end: 'cancelled', sharedMs: 0 }));
    expect(cancelled).toMatchObject({ begunAt: at(-180), sharedAt: null, endedAt: at(-180) });
  });

  it('changes no moment that was known before', () => {
    const before: AlertRow = { ...rowOf(stateOf()), begunAt: at(-12), sharedAt: at(-11), until: at(19) };
    const ended = stateOf({ stage: 'ended', leftMs: 0, end: 'owner', endedMsAgo: minuteMs });
    expect(rowOf(ended, before)).toMatchObject({
      begunAt: at(-12),
      sharedAt: at(-11),
      until: at(19),
      endedAt: at(-1),
    });
  });
});

describe('ALE7 an alert that is gone', () => {
  const row: AlertRow = rowOf(stateOf());

  it('ended with its time when that was over, else now, for a reason that is known or not', () => {
    const late = { ...row, until: at(-40) };
    expect(goneAlertOf(late, null, now)).toMatchObject({ stage: 'ended', endedAt: at(-40), end: 'time', note: '' });
    expect(goneAlertOf(row, null, now)).toMatchObject({ endedAt: now, end: 'relayRestarted' });
    expect(goneAlertOf(row, stateOf(), now)).toMatchObject({ endedAt: now, end: 'unknown' });
    expect(goneAlertOf({ ...row, isTest: true }, stateOf(), now)).toMatchObject({ end: 'realAlert' });
    expect(goneAlertOf({ ...row, isTest: true }, stateOf({ isTest: true }), now)).toMatchObject({ end: 'unknown' });
  });

  it('that armed is not said to have ended with the time of its arming', () => {
    const arming: AlertRow = { ...row, stage: 'arming', until: at(-40) };
    expect(goneAlertOf(arming, null, now)).toMatchObject({ endedAt: now, end: 'relayRestarted' });
  });

  it('keeps its incident to itself', () => {
    expect(goneAlertOf({ ...row, incidentId: newId() }, null, now)).not.toHaveProperty('incidentId');
  });
});
