import type { GrantRequest } from '@commonsight/types/grant-request';
import type { Id } from '@commonsight/types/ids';
import { type BreakGlassState, isOverdue } from './breakGlass.ts';
import { type GrantRequestsState, waitingRequests } from './grantRequests.ts';

/** Requests that a supervisor can decide: never the own ones. */
export function othersWaiting(state: GrantRequestsState, userId: Id): GrantRequest[] {
  return waitingRequests(state).filter(({ user }) => user.id !== userId);
}

/** How many uses of break-glass by others wait for their justification, and how many of these are late. */
export function unjustified(
  { byId }: BreakGlassState,
  userId: Id,
  serverNowMs: number,
): { open: number; overdue: number } {
  const others = [...byId.values()].filter((use) => use.user.id !== userId && use.state !== 'justified');
  return { open: others.length, overdue: others.filter((use) => isOverdue(use, serverNowMs)).length };
}
