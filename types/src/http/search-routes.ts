import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { contactSchema, registrationDetailsSchema } from '../registration.ts';
import {
  canarySchema,
  foundSourceSchema,
  mostFoundSources,
  revealSchema,
  revealedContactSchema,
  searchSchema,
} from '../search.ts';
import type { Route } from './route.ts';

/** "What saw this?": live and registered cameras in one list, and whom to ask. */
export const searchRoutes = {
  /**
   * Those that see the point or into the shape first, then by distance. `badRequest` for a polygon or route that is
   * longer than `longestSearchMetres`, and for a window that begins in the future.
   */
  searchSources: {
    method: 'POST',
    path: '/api/search',
    body: searchSchema,
    response: z.object({
      sources: z.array(foundSourceSchema).max(mostFoundSources),
      /** Whether there are more than are answered. */
      hasMore: z.boolean(),
    }),
    permission: 'registry.read',
    audit: 'registration.searched',
  },
  /**
   * Whom to ask about one registered camera; its registrant reads that it was asked. `purposeNotAllowed` by the policy,
   * `incidentClosed`, `tooManyRequests` after `mostRevealsAnHour` of one user.
   */
  revealContact: {
    method: 'POST',
    path: '/api/registrations/:id/reveal',
    params: z.object({ id: idSchema }),
    body: revealSchema,
    response: revealedContactSchema,
    permission: 'registry.reveal',
    audit: 'registration.revealed',
  },
  /** Makes what becomes a registration of nobody within a day. Whoever reveals its contact raises a finding. */
  makeCanary: {
    method: 'POST',
    path: '/api/registrations/canaries',
    body: registrationDetailsSchema.extend({ contact: contactSchema }),
    response: z.object({ id: idSchema }),
    permission: 'registry.administer',
    audit: 'registration.canaryMade',
  },
  /** The oldest first. */
  listCanaries: {
    method: 'GET',
    path: '/api/registrations/canaries',
    response: z.object({ canaries: z.array(canarySchema) }),
    permission: 'registry.administer',
    audit: 'registration.canariesListed',
  },
  /** Deletes what it has become, too. */
  removeCanary: {
    method: 'DELETE',
    path: '/api/registrations/canaries/:id',
    params: z.object({ id: idSchema }),
    response: z.object({}),
    permission: 'registry.administer',
    audit: 'registration.canaryRemoved',
  },
} as const satisfies Record<string, Route>;
