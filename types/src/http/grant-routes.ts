import { z } from 'zod';
import {
  breakGlassSchema,
  grantRequestSchema,
  justificationSchema,
  reauthenticationSchema,
  reviewNoteSchema,
} from '../grant-request.ts';
import { grantSchema } from '../grant.ts';
import { idSchema } from '../ids.ts';
import { purposeSchema } from '../purpose.ts';
import { userSchema } from '../user.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });
const decision = z.object({ note: reviewNoteSchema.nullable() });

const wish = z.object({
  incidentId: idSchema,
  purpose: purposeSchema,
  cameraIds: z.array(idSchema).min(1).max(64),
});

/** Grants that need approval, break-glass, and what supervisors do about others' grants. */
export const grantRoutes = {
  /**
   * Asks for a grant whose purpose needs approval (`requestGrant` answered `approvalNeeded`): the same wish with a note,
   * and without `purpose` for the same one. `conflict` when nobody has to approve the purpose, or when the caller's
   * request for this incident waits already.
   */
  requestApproval: {
    method: 'POST',
    path: '/api/grant-requests',
    body: wish.extend({ purpose: purposeSchema.nullable(), note: reviewNoteSchema }),
    response: grantRequestSchema,
    permission: 'grant.request',
    audit: 'grantRequest.created',
  },
  /** The caller's own requests, and for who may approve, those of others: the waiting ones first, then newest first. */
  listGrantRequests: {
    method: 'GET',
    path: '/api/grant-requests',
    response: z.object({ requests: z.array(grantRequestSchema) }),
    permission: 'grant.request',
    audit: 'ownAccount',
  },
  /** Makes the grant. One's own is answered with `conflict`, another role than the policy's with `notPermitted`. */
  approveGrantRequest: {
    method: 'POST',
    path: '/api/grant-requests/:id/approve',
    params: byId,
    body: decision,
    response: grantRequestSchema,
    permission: 'grant.approve',
    audit: 'grantRequest.approved',
  },
  denyGrantRequest: {
    method: 'POST',
    path: '/api/grant-requests/:id/deny',
    params: byId,
    body: decision,
    response: grantRequestSchema,
    permission: 'grant.approve',
    audit: 'grantRequest.denied',
  },
  /** Takes the own request back. */
  withdrawGrantRequest: {
    method: 'POST',
    path: '/api/grant-requests/:id/withdraw',
    params: byId,
    response: grantRequestSchema,
    permission: 'grant.request',
    audit: 'grantRequest.withdrawn',
  },

  /**
   * Looks at once in an emergency, without the approval: supervisors are told in the same moment, and a justification is
   * due. Needs the password or a TOTP code again (`wrongCredentials`); `notPermitted` where the policy does not let the
   * role or the purpose, `conflict` where the purpose needs no approval. Another grant for the incident runs on beside
   * it; asking again adds cameras to it and moves no end.
   */
  breakGlass: {
    method: 'POST',
    path: '/api/grants/break-glass',
    body: wish.extend({ reauthentication: reauthenticationSchema }),
    response: grantSchema,
    permission: 'grant.request',
    audit: 'breakGlass.used',
  },
  /** The caller's own uses, and for who may approve, those of the agency: newest first, not yet justified ones first. */
  listBreakGlass: {
    method: 'GET',
    path: '/api/break-glass',
    response: z.object({ uses: z.array(breakGlassSchema), overdue: z.int().nonnegative() }),
    permission: 'grant.request',
    audit: 'ownAccount',
  },
  /** Writes why; once, and by who broke the glass. */
  justifyBreakGlass: {
    method: 'POST',
    path: '/api/break-glass/:id/justify',
    params: byId,
    body: z.object({ text: justificationSchema }),
    response: breakGlassSchema,
    permission: 'grant.request',
    audit: 'breakGlass.justified',
  },

  /** Every running grant of the agency, with who holds it. */
  listAllGrants: {
    method: 'GET',
    path: '/api/grants/all',
    response: z.object({ grants: z.array(grantSchema.extend({ user: userSchema })) }),
    permission: 'grant.revoke',
    audit: 'grant.listed',
  },
  /** Ends another user's grant, and with it its viewings, which show who ended them and the note. */
  revokeGrant: {
    method: 'POST',
    path: '/api/grants/:id/revoke',
    params: byId,
    body: z.object({ note: reviewNoteSchema }),
    response: grantSchema,
    permission: 'grant.revoke',
    audit: 'grant.ended',
  },
} as const satisfies Record<string, Route>;
