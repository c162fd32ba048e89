import type { Role } from '@commonsight/types/permission';
import type { PolicySession } from '@commonsight/types/policy';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Every number and choice about signing in, in one place. What reads it gets it passed in. */
export interface SessionRules {
  /** How long one sign-in lasts, whatever is done in it. */
  sessionMs: number;
  /** A session without activity for this long locks. */
  idleLockMs: number;
  /** So many failed tries within the window lock the account. */
  failedTries: number;
  failedTriesWindowMs: number;
  invitationMs: number;
  /** An account that nobody has signed in to for this long is disabled. */
  unusedMs: number;
  requireSecondFactor: 'never' | 'administrators' | 'all';
}

export const defaultSessionRules: SessionRules = {
  sessionMs: 12 * hourMs,
  idleLockMs: 30 * minuteMs,
  failedTries: 5,
  failedTriesWindowMs: 15 * minuteMs,
  invitationMs: 72 * hourMs,
  unusedMs: 90 * dayMs,
  requireSecondFactor: 'never',
};

/** What an agency goes by at this moment. Its policy pack can change while the server runs. */
export type SessionRulesOf = (agencyId: string) => Promise<SessionRules>;

/** The numbers that every agency has, with those that its pack decides. */
export function rulesOfPolicy(session: PolicySession): SessionRules {
  return {
    ...defaultSessionRules,
    sessionMs: session.reauthenticationHours * hourMs,
    idleLockMs: session.idleMinutes * minuteMs,
    requireSecondFactor: session.requireSecondFactor,
  };
}

export function demandsSecondFactor(rules: SessionRules, role: Role): boolean {
  return (
    rules.requireSecondFactor === 'all' || (rules.requireSecondFactor === 'administrators' && role === 'administrator')
  );
}
