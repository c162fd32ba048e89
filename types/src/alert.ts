import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import type { Disposition } from './incident.ts';
import { alertEndSchema, alertStageSchema, alertTriggerSchema } from './relay/alert.ts';

/** An alert as its owner sees it: by the relay's word, with moments of the server's clock. */
export const ownerAlertSchema = z.object({
  id: idSchema,
  isTest: z.boolean(),
  trigger: alertTriggerSchema,
  stage: alertStageSchema,
  begunAt: momentSchema,
  /** Since when cameras are shared, or would be in a test; null until arming is over. */
  sharedAt: momentSchema.nullable(),
  /** When arming is over, then when the alert ends by itself. The relay's clock decides. */
  until: momentSchema,
  /** How long it is until then, so that no clock of the owner's device matters. */
  leftMs: z.int().nonnegative(),
  mayExtend: z.boolean(),
  endedAt: momentSchema.nullable(),
  end: alertEndSchema.nullable(),
});

export type OwnerAlert = z.infer<typeof ownerAlertSchema>;

/** An alert as operators see it; never a test. */
export const alertSchema = ownerAlertSchema.omit({ isTest: true, mayExtend: true, leftMs: true }).extend({
  siteId: idSchema,
  siteName: z.string(),
  siteAddress: z.string(),
  /** What the owner has written for responders, in the signed document. */
  note: z.string(),
  incidentId: idSchema.nullable(),
});

export type Alert = z.infer<typeof alertSchema>;

/**
 * Whether an incident that is closed so ends its owner's alert: it does when the matter is over. One that goes on elsewhere,
 * in the incident that it doubles or with somebody else, still needs the owner's cameras. An open one has no disposition.
 */
export function endsAlert({ disposition }: { disposition: Disposition | null }): boolean {
  return disposition === 'resolved' || disposition === 'unfounded';
}
