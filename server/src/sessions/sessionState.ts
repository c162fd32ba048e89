import type { Session, SessionState } from '@commonsight/types/session';
import { CodedError } from '../errors.ts';
import type { SessionRow } from './sessionRepository.ts';
import { type SessionRules, demandsSecondFactor } from './sessionRules.ts';
import { useNotice } from './useNotice.ts';

/** What the session is good for at this moment. Time alone locks it: nothing has to have run for that. */
export function stateOf(row: SessionRow, rules: SessionRules, now: Date): SessionState {
  const locksAt = idleEnd(row, rules);
  if (row.lockedAt !== null || (locksAt !== null && locksAt <= now)) return 'locked';
  if (row.acceptedNoticeVersion < useNotice.version) return 'noticeNeeded';
  // Who comes by a passkey or from the agency's own sign-in has proved more than a password.
  const lacksFactor = row.method === 'password' && !row.hasSecondFactor;
  return lacksFactor && demandsSecondFactor(rules, row.role) ? 'secondFactorNeeded' : 'active';
}

/** When the session locks by itself, or has; null for a device that never does. */
function idleEnd(row: Pick<SessionRow, 'deviceClass' | 'lastActiveAt'>, rules: SessionRules): Date | null {
  return row.deviceClass === 'wallDisplay' ? null : new Date(row.lastActiveAt.getTime() + rules.idleLockMs);
}

export function toWireSession(row: SessionRow, rules: SessionRules, now: Date, currentId: string): Session {
  const state = stateOf(row, rules, now);
  return {
    id: row.sessionId,
    isCurrent: row.sessionId === currentId,
    state,
    deviceClass: row.deviceClass,
    method: row.method,
    userAgent: row.userAgent,
    sourceAddress: row.address === '' ? null : row.address,
    startedAt: row.startedAt.toISOString(),
    lastActiveAt: row.lastActiveAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    locksAt: state === 'locked' ? null : (idleEnd(row, rules)?.toISOString() ?? null),
  };
}

/** SES1: throws for a session that is not good for anything at the moment. */
export function assertServed(state: SessionState): void {
  if (state === 'locked') throw new CodedError('sessionLocked');
  if (state !== 'active') throw new CodedError(state);
}
