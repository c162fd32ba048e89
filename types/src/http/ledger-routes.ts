import { z } from 'zod';
import { idSchema } from '../ids.ts';
import {
  ledgerLinkSchema,
  ledgerSchema,
  listedWithholdings,
  listedWithholdingSchema,
  longestWithholdingDays,
  withholdingNoteSchema,
  withholdingSchema,
} from '../ledger.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** What owners see of the viewings of their cameras. */
export const ledgerRoutes = {
  /**
   * The ledger of the site whose link's secret the header `ledgerSecretHeader` carries; `notFound` for a wrong or
   * revoked one. The first reading of an hour is an audit event.
   */
  readLedger: {
    method: 'GET',
    path: '/api/ledger',
    query: z.object({ before: idSchema.optional(), cameraId: idSchema.optional() }),
    response: ledgerSchema,
    permission: 'public',
    audit: 'ledger.read',
  },
  listLedgerLinks: {
    method: 'GET',
    path: '/api/sites/:id/ledger-links',
    params: byId,
    response: z.object({ links: z.array(ledgerLinkSchema) }),
    permission: 'site.administer',
    audit: 'ledger.linksListed',
  },
  /** The address is answered once, with the secret behind `#`. */
  createLedgerLink: {
    method: 'POST',
    path: '/api/sites/:id/ledger-links',
    params: byId,
    response: z.object({ link: ledgerLinkSchema, url: z.url() }),
    permission: 'site.administer',
    audit: 'ledger.linkCreated',
  },
  revokeLedgerLink: {
    method: 'POST',
    path: '/api/ledger-links/:id/revoke',
    params: byId,
    response: ledgerLinkSchema,
    permission: 'site.administer',
    audit: 'ledger.linkRevoked',
  },
  /** Those made last first, also those that are over: their incidents' numbers cannot be withheld again. */
  listWithholdings: {
    method: 'GET',
    path: '/api/withholdings',
    response: z.object({ withholdings: z.array(listedWithholdingSchema).max(listedWithholdings) }),
    permission: 'ledger.withhold',
    audit: 'ledger.withholdingsListed',
  },
  /** Withholds an incident's number from owners; once for an incident, so that no renewal makes it longer. */
  withholdIncident: {
    method: 'POST',
    path: '/api/incidents/:id/withhold',
    params: byId,
    body: z.object({ days: z.int().min(1).max(longestWithholdingDays), note: withholdingNoteSchema }),
    response: withholdingSchema,
    permission: 'ledger.withhold',
    audit: 'ledger.withheld',
  },
  endWithholding: {
    method: 'POST',
    path: '/api/incidents/:id/withhold/end',
    params: byId,
    response: withholdingSchema,
    permission: 'ledger.withhold',
    audit: 'ledger.withholdingEnded',
  },
} as const satisfies Record<string, Route>;
