import { alertArmMs, type AlertEnd, type AlertState } from '@commonsight/types/relay/alert';
import type { SpeakingRelay } from '../sharing/ToldSharing.ts';
import type { AlertRow } from './alertRepository.ts';

/** What is kept of an alert, but for the incident that is made here. */
export type ToldAlertRow = Omit<AlertRow, 'incidentId'>;

/**
 * What a relay tells of an alert, in moments of this server's clock: counted from how long ago the relay says they were, so
 * that one which is heard of hours later stands where it was. What was known before stays.
 */
export function alertRowOf(
  { actor, siteId }: SpeakingRelay,
  told: { alert: AlertState; before: AlertRow | null; note: string },
  now: Date,
): ToldAlertRow {
  const { alert, before, note } = told;
  const { id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end, endedMsAgo } = alert;
  const endedAt = endedMsAgo === null ? null : (before?.endedAt ?? ago(now, endedMsAgo));
  const lastAt = endedAt ?? now;
  const hasShared = stage === 'sharing' || stage === 'extensionAsked' || sharedMs > 0;
  const sharedAt = hasShared ? (before?.sharedAt ?? ago(lastAt, sharedMs)) : null;
  const armedMs = stage === 'arming' ? Math.max(0, alertArmMs - leftMs) : 0;
  return {
    id,
    agencyId: actor.agencyId,
    siteId,
    relayId: actor.relayId,
    isTest,
    trigger,
    stage,
    begunAt: before?.begunAt ?? (sharedAt === null ? ago(lastAt, armedMs) : ago(sharedAt, alertArmMs)),
    sharedAt,
    until: endedAt === null ? new Date(now.getTime() + leftMs) : (before?.until ?? endedAt),
    mayExtend,
    endedAt,
    end,
    // A person's words for responders: they are nobody's any more when the alert is over.
    note: endedAt === null ? note : '',
  };
}

/** An alert of which its relay does not know any more, or instead of which it has another one. */
export function goneAlertOf(row: AlertRow, next: AlertState | null, now: Date): ToldAlertRow {
  const { incidentId: _incidentId, ...kept } = row;
  const isTimeOver = row.stage !== 'arming' && row.until < now;
  const endedAt = isTimeOver ? row.until : now;
  return {
    ...kept,
    stage: 'ended',
    mayExtend: false,
    endedAt,
    end: isTimeOver ? 'time' : whyGone(row, next),
    note: '',
  };
}

function whyGone({ isTest }: AlertRow, next: AlertState | null): AlertEnd {
  if (next === null) return 'relayRestarted';
  // The one before may have been ended by anybody while nobody was told.
  return isTest && !next.isTest ? 'realAlert' : 'unknown';
}

function ago(moment: Date, ms: number): Date {
  return new Date(moment.getTime() - ms);
}
