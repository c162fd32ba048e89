import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { longestPolicyText, policyProposalSchema, policySchema } from '../policy.ts';
import { fileTextSchema } from '../text.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** The policy pack: shown to everybody who is signed in, changed by two people. */
export const policyRoutes = {
  getPolicy: {
    method: 'GET',
    path: '/api/policy',
    response: policySchema,
    permission: 'signedIn',
    audit: 'public',
  },
  /** Newest first, decided ones included. */
  listPolicyProposals: {
    method: 'GET',
    path: '/api/policy/proposals',
    response: z.object({ proposals: z.array(policyProposalSchema) }),
    permission: 'policy.propose',
    audit: 'policy.listed',
  },
  /**
   * Proposes a pack as the text of its file. A text that is no pack is answered with `badRequest`, whose message names
   * the line and what to do; `conflict` while another proposal waits, or when the pack is the active one.
   */
  proposePolicy: {
    method: 'POST',
    path: '/api/policy/proposals',
    body: z.object({ text: fileTextSchema(longestPolicyText) }),
    response: policyProposalSchema,
    permission: 'policy.propose',
    audit: 'policy.proposed',
  },
  /** Makes the proposed pack the agency's at once. The proposer is answered with `conflict`: it takes two people. */
  approvePolicy: {
    method: 'POST',
    path: '/api/policy/proposals/:id/approve',
    params: byId,
    response: policyProposalSchema,
    permission: 'policy.approve',
    audit: 'policy.changed',
  },
  /** Refuses it; the proposer takes it back in the same way. */
  refusePolicy: {
    method: 'POST',
    path: '/api/policy/proposals/:id/refuse',
    params: byId,
    response: policyProposalSchema,
    permission: 'policy.approve',
    audit: 'policy.refused',
  },
} as const satisfies Record<string, Route>;
