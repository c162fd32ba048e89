import type { PolicyProposal } from '@commonsight/types/policy';
import { expect, test } from 'vitest';
import { decisionWords } from './proposalWords.ts';

const [sam, ade] = [
  { id: '01900000-0000-7000-8000-000000000001', name: 'Sam Okafor', role: 'supervisor' as const },
  { id: '01900000-0000-7000-8000-000000000002', name: 'Ade Lindqvist', role: 'administrator' as const },
];
const proposal: PolicyProposal = {
  id: '01900000-0000-7000-8000-000000000003',
  state: 'proposed',
  hash: 'a'.repeat(64),
  text: 'name: A',
  differences: [],
  proposedBy: sam,
  proposedAt: '2026-01-05T10:00:00.000Z',
  expiresAt: '2026-01-08T10:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
};

test('what became of a proposal says who decided', () => {
  expect(decisionWords({ ...proposal, state: 'approved', decidedBy: ade })).toBe('Approved by Ade Lindqvist');
  expect(decisionWords({ ...proposal, state: 'refused', decidedBy: ade })).toBe('Refused by Ade Lindqvist');
  expect(decisionWords({ ...proposal, state: 'refused', decidedBy: sam })).toBe('Taken back by Sam Okafor');
  expect(decisionWords({ ...proposal, state: 'timedOut' })).toBe('Refused, because nobody decided in time');
});
