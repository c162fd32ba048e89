import { z } from 'zod';
import {
  applicationDetailsSchema,
  mostReceivedApplications,
  ownApplicationSchema,
  receivedApplicationSchema,
  refusalReasonSchema,
  withdrawalReceiptSchema,
} from '../application.ts';
import { idSchema, momentSchema } from '../ids.ts';
import {
  areaSchema,
  consentSchema,
  proofSchema,
  registrantLanguageSchema,
  registrantSecretSchema,
  registryTermsSchema,
} from '../registration.ts';
import { siteSchema } from '../site.ts';
import { lineSchema } from '../text.ts';
import { timeZoneSchema } from '../time-zone.ts';
import { agencySlugSchema } from '../transparency.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });
const bySecret = z.object({ secret: registrantSecretSchema });

/** Applications to share live video. Applicants have no account: a mailed link shows theirs, as long as it is there. */
export const applicationRoutes = {
  /** The agencies that take applications, and the current terms in every language. */
  readApplicationForm: {
    method: 'GET',
    path: '/api/applications/form',
    response: z.object({
      agencies: z.array(z.object({ slug: z.string(), name: z.string(), area: areaSchema })),
      terms: z.array(registryTermsSchema),
    }),
    permission: 'public',
    audit: 'public',
  },
  /**
   * Keeps an application that nobody at the agency sees, and mails its link. `proofNotAccepted` (tasks are those of the
   * registry), `termsChanged`, `outsideArea`, `notFound` for an agency that takes none. The answer is the same whether or
   * not the mail address is known.
   */
  startApplication: {
    method: 'POST',
    path: '/api/applications',
    body: applicationDetailsSchema.extend({
      agency: agencySlugSchema,
      language: registrantLanguageSchema,
      consent: consentSchema,
      proof: proofSchema,
    }),
    response: z.object({ linkExpiresAt: momentSchema }),
    permission: 'public',
    audit: 'application.started',
  },
  /**
   * `codeNotAccepted` for a link that opens nothing. The first opening proves the mail address: from then on it waits.
   * The first of an hour is an audit event.
   */
  openApplication: {
    method: 'POST',
    path: '/api/applications/open',
    body: bySecret,
    response: ownApplicationSchema,
    permission: 'public',
    audit: 'application.opened',
  },
  /** At once and for ever. `conflict` unless it waits; `codeNotAccepted` as above. */
  withdrawApplication: {
    method: 'POST',
    path: '/api/applications/withdraw',
    body: bySecret,
    response: withdrawalReceiptSchema,
    permission: 'public',
    audit: 'application.withdrawn',
  },

  /** How many wait, without a word of what they say. */
  countApplications: {
    method: 'GET',
    path: '/api/applications/count',
    response: z.object({ waiting: z.int().nonnegative() }),
    permission: 'site.administer',
    audit: 'application.counted',
  },
  listApplications: {
    method: 'GET',
    path: '/api/applications',
    response: z.object({
      applications: z.array(receivedApplicationSchema).max(mostReceivedApplications),
      hasMore: z.boolean(),
    }),
    permission: 'site.administer',
    audit: 'application.listed',
  },
  /** Makes the site and its owner's link, which is mailed to the applicant and answered to nobody. `conflict` unless it waits. */
  approveApplication: {
    method: 'POST',
    path: '/api/applications/:id/approve',
    params: byId,
    body: z.object({ name: lineSchema(80), timeZone: timeZoneSchema }),
    response: siteSchema,
    permission: 'site.administer',
    audit: 'application.approved',
  },
  /** The applicant is told why, and what was said is erased. `conflict` unless it waits. */
  refuseApplication: {
    method: 'POST',
    path: '/api/applications/:id/refuse',
    params: byId,
    body: z.object({ reason: refusalReasonSchema }),
    response: z.object({}),
    permission: 'site.administer',
    audit: 'application.refused',
  },
} as const satisfies Record<string, Route>;
