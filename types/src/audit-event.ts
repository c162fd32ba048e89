import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';

/** Every act that leaves a line. The past tense says what was done, or with outcome `refused` what was tried. */
export const auditTypeSchema = z.enum([
  'session.started',
  'session.refused',
  'session.ended',
  'session.challenged',
  'session.locked',
  'session.unlocked',
  'session.declaredWallDisplay',
  'useNotice.accepted',
  'connection.opened',
  'camera.listed',
  'camera.created',
  'camera.changed',
  'wall.created',
  'wall.changed',
  'wall.read',
  'incident.created',
  'incident.changed',
  'incident.noted',
  'incident.closed',
  'incident.read',
  'grant.created',
  'grant.extended',
  'grant.ended',
  'viewing.started',
  'viewing.ended',
  'viewing.supervised',
  'site.created',
  'site.read',
  'relay.codeCreated',
  'relay.enrolled',
  'relay.refused',
  'relay.connected',
  'relay.disconnected',
  'relay.revoked',
  'user.created',
  'user.invited',
  'user.invitationAccepted',
  'user.locked',
  'user.released',
  'user.disabled',
  'user.enabled',
  'user.passwordChanged',
  'secondFactor.begun',
  'secondFactor.enabled',
  'secondFactor.removed',
  'secondFactor.reset',
  'secondFactor.backupCodesRenewed',
  'passkey.added',
  'passkey.removed',
  'user.listed',
  'audit.read',
]);

export type AuditType = z.infer<typeof auditTypeSchema>;

/** What a route or request declares: the type that its acts are written under, or why none is. */
export type AuditDeclaration = AuditType | 'ownAccount' | 'public' | 'partOfViewing';

/** Immutable record of one act. */
export const auditEventSchema = z.object({
  id: idSchema,
  sequence: z.int().positive(),
  at: momentSchema,
  type: auditTypeSchema,
  outcome: z.enum(['done', 'refused']),
  agencyId: idSchema.nullable(),
  actorId: z.string().nullable(),
  actorKind: z.enum(['user', 'relay', 'system', 'anonymous']),
  sourceAddress: z.string().nullable(),
  targetKind: z.string().nullable(),
  targetId: z.string().nullable(),
  grantId: idSchema.nullable(),
  details: z.record(z.string(), z.unknown()),
});

export type AuditEvent = z.infer<typeof auditEventSchema>;
