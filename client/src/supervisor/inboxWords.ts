import type { GrantRequest } from '@commonsight/types/grant-request';
import { exhausted } from '../exhausted.ts';
import { formatCount } from '../incident/format.ts';

/** What waits, in one line: `2 approvals wait, 1 justification overdue`. */
export function inboxCountWords(approvals: number, overdue: number): string {
  const parts = [
    ...(approvals > 0 ? [`${formatCount(approvals, 'approval')} ${approvals === 1 ? 'waits' : 'wait'}`] : []),
    ...(overdue > 0 ? [`${formatCount(overdue, 'justification')} overdue`] : []),
  ];
  return parts.join(', ');
}

/** What became of a request, by whom and why. */
export function requestStateWords({ state, decidedBy, decisionNote }: GrantRequest): string {
  const by = decidedBy === null ? '' : ` by ${decidedBy.name}`;
  const note = decisionNote === null ? '' : ` ${decisionNote}`;
  switch (state) {
    case 'requested':
      return 'It waits for an answer.';
    case 'approved':
      return `It was approved${by}.${note}`;
    case 'denied':
      return `It was denied${by}.${note}`;
    case 'timedOut':
      return 'Nobody answered in time. It is refused.';
    case 'withdrawn':
      return 'It was taken back.';
    default:
      return exhausted(state);
  }
}
