import { z } from 'zod';
import { ownerAlertSchema } from './alert.ts';
import { idSchema, momentSchema } from './ids.ts';
import { sharingStateSchema, signedSharingSchema } from './relay/sharing.ts';

/** The relay of a site, as its owner's page sees it. */
export const ownerRelaySchema = z.object({
  id: idSchema,
  name: z.string(),
  isOnline: z.boolean(),
  /** What the relay told last; null for one that has told nothing yet, such as an older one. */
  sharing: sharingStateSchema.pick({ state: true, ownerKeys: true, inForce: true, awaitingOwner: true }).nullable(),
  /** A document that the server keeps until the relay is back. */
  waiting: z.object({ version: z.int().positive(), since: momentSchema, signed: signedSharingSchema }).nullable(),
  /** The alert that runs, else the last one, tests among them. */
  alert: ownerAlertSchema.nullable(),
  /** Why the relay did not take the last one that it was handed after its return. */
  refusal: z.object({ version: z.int().positive(), message: z.string(), at: momentSchema }).nullable(),
});

export type OwnerRelay = z.infer<typeof ownerRelaySchema>;
