import type { PolicyProposal } from '@commonsight/types/policy';

/** What became of a proposal. */
export function decisionWords({ state, proposedBy, decidedBy }: PolicyProposal): string {
  switch (state) {
    case 'proposed':
      return 'Waits for a second person';
    case 'approved':
      return `Approved by ${decidedBy?.name ?? 'somebody who is gone'}`;
    case 'refused':
      if (decidedBy?.id === proposedBy.id) return `Taken back by ${proposedBy.name}`;
      return `Refused by ${decidedBy?.name ?? 'somebody who is gone'}`;
    case 'timedOut':
      return 'Refused, because nobody decided in time';
    default:
      return state satisfies never;
  }
}
