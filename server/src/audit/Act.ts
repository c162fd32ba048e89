import type { AuditEvent, AuditType } from '@commonsight/types/audit-event';
import type { Actor } from '../access/Actor.ts';

/** The kinds of things that an audit event can be about. */
export type TargetKind =
  | 'agency'
  | 'alert'
  | 'application'
  | 'camera'
  | 'cameraGroup'
  | 'canary'
  | 'connection'
  | 'finding'
  | 'footageFile'
  | 'footageRequest'
  | 'grant'
  | 'grantRequest'
  | 'incident'
  | 'ledgerLink'
  | 'message'
  | 'policy'
  | 'registration'
  | 'relay'
  | 'session'
  | 'site'
  | 'user'
  | 'viewing'
  | 'wall';

/** An act to be written down. */
export interface Act {
  type: AuditType;
  outcome: AuditEvent['outcome'];
  actor: Actor;
  /** Whose record it is, when the actor belongs to no agency. */
  agencyId?: string | null;
  target?: { kind: TargetKind; id: string } | null;
  grantId?: string | null;
  /**
   * Small and free of secrets; what a reader needs to understand the line. What `plainDetails.ts` does not name is taken
   * for a person's data and kept where it can be erased.
   */
  details?: Record<string, unknown>;
}
