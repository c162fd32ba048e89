import { z } from 'zod';
import { idSchema } from '../ids.ts';
import {
  shownSiteCardSchema,
  siteCardSchema,
  signedSiteCardReadingSchema,
  signedSiteCardSchema,
  sitePlanFileSchema,
} from '../site-card.ts';
import { rawAnswerSchema, type Route } from './route.ts';

const byId = z.object({ id: idSchema });

/**
 * What responders read of a site while its alert runs. Owners' routes carry the secret of an owner's link in the header
 * `ledgerSecretHeader`, and what a key of the relay's owner has signed.
 */
export const siteCardRoutes = {
  /**
   * Keeps what an owner has signed. `plan` is the file of `planHash`, and null when there is none or it is kept already.
   * `conflict` when the version does not follow the kept one's.
   */
  saveSiteCard: {
    method: 'POST',
    path: '/api/owner/card',
    body: z.strictObject({
      relayId: idSchema,
      signed: signedSiteCardSchema,
      plan: sitePlanFileSchema.nullable(),
    }),
    response: z.object({ version: z.int().positive() }),
    permission: 'public',
    audit: 'siteCard.changed',
  },
  /** The card for its owner, who proves to be it by a signature that is a few minutes old at most; null before the first. */
  readOwnSiteCard: {
    method: 'POST',
    path: '/api/owner/card/reading',
    body: z.strictObject({ relayId: idSchema, signed: signedSiteCardReadingSchema }),
    response: z.object({ card: siteCardSchema.nullable() }),
    permission: 'public',
    audit: 'siteCard.read',
  },
  /** For operators while the alert shares cameras, each time with a line; `conflict` afterwards. Null without a card. */
  readSiteCard: {
    method: 'GET',
    path: '/api/alerts/:id/card',
    params: byId,
    response: z.object({ card: shownSiteCardSchema.nullable() }),
    permission: 'siteCard.read',
    audit: 'siteCard.read',
  },
  /** The floor plan, PNG, under the same conditions. */
  readSitePlan: {
    method: 'GET',
    path: '/api/alerts/:id/plan',
    params: byId,
    response: rawAnswerSchema,
    permission: 'siteCard.read',
    audit: 'siteCard.read',
  },
} as const satisfies Record<string, Route>;
