import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** Every act that leaves a line. The past tense says what was done, or with outcome `refused` what was tried. */
export const auditTypeSchema = z.enum([
  'session.started',
  'session.refused',
  'session.ended',
  'session.challenged',
  'session.locked',
  'session.unlocked',
  'session.declaredWallDisplay',
  'session.supervised',
  'message.sent',
  'message.acknowledged',
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
  'cameraGroup.listed',
  'cameraGroup.created',
  'cameraGroup.changed',
  'cameraGroup.removed',
  'grantRequest.created',
  'grantRequest.approved',
  'grantRequest.denied',
  'grantRequest.withdrawn',
  'breakGlass.used',
  'breakGlass.overdue',
  'breakGlass.justified',
  'grant.listed',
  'grant.created',
  'grant.extended',
  'grant.ended',
  'viewing.started',
  'viewing.ended',
  'viewing.supervised',
  'site.created',
  'site.changed',
  'site.read',
  'relay.codeCreated',
  'relay.enrolled',
  'relay.refused',
  'relay.connected',
  'relay.disconnected',
  'relay.revoked',
  'witness.introduced',
  'witness.alarmRaised',
  'witness.alarmEnded',
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
  'policy.adopted',
  'policy.proposed',
  'policy.changed',
  'policy.refused',
  'policy.listed',
  'viewing.flagged',
  'viewing.sampled',
  'review.listed',
  'review.closed',
  'shift.listed',
  'shift.changed',
  'finding.listed',
  'finding.opened',
  'finding.closed',
  'ledger.read',
  'ledger.linksListed',
  'ledger.linkCreated',
  'ledger.linkRevoked',
  'ledger.withholdingsListed',
  'ledger.withheld',
  'ledger.withholdingEnded',
  'audit.read',
  'audit.exported',
  'audit.valuesErased',
]);

export type AuditType = z.infer<typeof auditTypeSchema>;

/** What a route or request declares: the type that its acts are written under, or why none is. */
export type AuditDeclaration = AuditType | 'ownAccount' | 'public' | 'partOfViewing';

/** Immutable record of one act. `sequence` counts from 1 within the agency's log, without a gap. */
export const auditEventSchema = z.object({
  id: idSchema,
  sequence: z.int().positive(),
  at: momentSchema,
  type: auditTypeSchema,
  outcome: z.enum(['done', 'refused']),
  agencyId: idSchema.nullable(),
  /** Null for the system and for nobody known, and when the values of persons have been erased. */
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  actorKind: z.enum(['user', 'relay', 'system', 'anonymous']),
  sourceAddress: z.string().nullable(),
  targetKind: z.string().nullable(),
  targetId: z.string().nullable(),
  grantId: idSchema.nullable(),
  details: z.record(z.string(), z.unknown()),
});

export type AuditEvent = z.infer<typeof auditEventSchema>;

/** What a search for audit events may ask; all of it must fit. */
export const auditSearchSchema = z.object({
  /** Pages on: from the smallest sequence seen. */
  before: z.coerce.number().int().positive().optional(),
  type: auditTypeSchema.optional(),
  actorId: lineSchema(100).optional(),
  /** A part of the actor's name. */
  person: lineSchema(100).optional(),
  /** What was done to this camera, or through it. */
  cameraId: idSchema.optional(),
  /** The incident's number. */
  incident: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  targetId: lineSchema(200).optional(),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  /** Somewhere in the details or the actor's name. */
  text: lineSchema(100).optional(),
});

export type AuditSearch = z.output<typeof auditSearchSchema>;
