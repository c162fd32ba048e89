import { z } from 'zod';
import { auditEventSchema, auditSearchSchema } from '../audit-event.ts';
import { findingNoteSchema, findingSchema } from '../finding.ts';
import { idSchema } from '../ids.ts';
import type { Route } from './route.ts';

/** What auditors do besides reading the log. */
export const findingRoutes = {
  /** Entries drawn by chance from what a search finds, in the log's order. */
  sampleAuditEvents: {
    method: 'GET',
    path: '/api/audit-events/sample',
    query: auditSearchSchema
      .omit({ before: true })
      .extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    response: z.object({ events: z.array(auditEventSchema) }),
    permission: 'audit.read',
    audit: 'audit.read',
  },
  /** Open ones first, then newest first. */
  listFindings: {
    method: 'GET',
    path: '/api/findings',
    response: z.object({ findings: z.array(findingSchema) }),
    permission: 'audit.read',
    audit: 'finding.listed',
  },
  /** `notFound` when the log does not reach to one of the entries. */
  openFinding: {
    method: 'POST',
    path: '/api/findings',
    body: z.object({ sequences: z.array(z.int().positive()).min(1).max(100), note: findingNoteSchema }),
    response: findingSchema,
    permission: 'finding.write',
    audit: 'finding.opened',
  },
  /** `conflict` when it is closed already. */
  closeFinding: {
    method: 'POST',
    path: '/api/findings/:id/close',
    params: z.object({ id: idSchema }),
    body: z.object({ outcome: findingNoteSchema }),
    response: findingSchema,
    permission: 'finding.write',
    audit: 'finding.closed',
  },
} as const satisfies Record<string, Route>;
