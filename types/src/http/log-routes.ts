import { z } from 'zod';
import { auditEventSchema, auditSearchSchema } from '../audit-event.ts';
import { idSchema } from '../ids.ts';
import { lineSchema } from '../text.ts';
import { verifierKeySchema, witnessSchema } from '../witness.ts';
import { rawAnswerSchema, type Route } from './route.ts';

/** An agency's id, or `server` for the log of what belongs to no agency. */
const logIdSchema = z.union([idSchema, z.literal('server')]);

const byLog = z.object({ id: logIdSchema });
const byTile = byLog.extend({ '*': lineSchema(100) });

/**
 * The audit log: search for people, and the files of C2SP tlog-tiles and an export for whoever checks it. Checkpoints
 * and hash tiles say nothing but how many events there are, and are public, so that anybody can hold the log to them.
 */
export const logRoutes = {
  /** Newest first; `before` pages on from the smallest sequence seen. */
  listAuditEvents: {
    method: 'GET',
    path: '/api/audit-events',
    query: auditSearchSchema.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ events: z.array(auditEventSchema) }),
    permission: 'audit.read',
    audit: 'audit.read',
  },
  /** The log's name and the key that its checkpoints are verified with, as a C2SP verifier key. */
  getLogKey: {
    method: 'GET',
    path: '/api/log/key',
    query: z.object({ log: logIdSchema.default('server') }),
    response: z.object({ origin: z.string(), verifierKey: z.string() }),
    permission: 'public',
    audit: 'public',
  },
  getCheckpoint: {
    method: 'GET',
    path: '/api/log/:id/checkpoint',
    params: byLog,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'public',
  },
  /** The last checkpoint that each relay has cosigned, with the key that it says is its own. */
  getWitnesses: {
    method: 'GET',
    path: '/api/log/:id/witnesses',
    params: byLog,
    response: z.object({ witnesses: z.array(z.object({ verifierKey: verifierKeySchema, note: z.string() })) }),
    permission: 'public',
    audit: 'public',
  },
  /** Which relays witness the own agency's log, how far each is, and what it has seen. */
  listWitnesses: {
    method: 'GET',
    path: '/api/witnesses',
    response: z.object({ witnesses: z.array(witnessSchema) }),
    permission: 'audit.read',
    audit: 'audit.read',
  },
  getHashTile: {
    method: 'GET',
    path: '/api/log/:id/tile/*',
    params: byTile,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'public',
  },
  /** The leaves of the own agency's log. Persons are commitments in them, but ids of cameras and grants tell too. */
  getEntryTile: {
    method: 'GET',
    path: '/api/log/:id/tile/entries/*',
    params: byTile,
    response: rawAnswerSchema,
    permission: 'audit.read',
    audit: 'audit.read',
  },
  /** The own agency's log, or what a search finds in it, with values, proofs and checkpoints, for `commonsight-verify`. */
  exportLog: {
    method: 'GET',
    path: '/api/log/:id/export',
    params: byLog,
    query: auditSearchSchema.omit({ before: true }),
    response: rawAnswerSchema,
    permission: 'audit.read',
    audit: 'audit.exported',
  },
} as const satisfies Record<string, Route>;
