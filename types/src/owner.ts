import { z } from 'zod';
import { ownerAlertSchema } from './alert.ts';
import { idSchema, momentSchema } from './ids.ts';
import { relayCameraSchema, relayHealthSchema } from './relay/relay-health.ts';
import { sharingStateSchema, signedSharingSchema } from './relay/sharing.ts';
import { siteCameraSchema } from './site-camera.ts';

/** The relay of a site, as its owner's page sees it. */
export const ownerRelaySchema = z.object({
  id: idSchema,
  name: z.string(),
  isOnline: z.boolean(),
  /** With which the first document begins; null: not known. */
  siteTimeZone: z.string().nullable(),
  /** What the relay told last; null for one that has told nothing yet, such as an older one. */
  sharing: sharingStateSchema.pick({ state: true, ownerKeys: true, inForce: true, awaitingOwner: true }).nullable(),
  /** A document that the server keeps until the relay is back. */
  waiting: z.object({ version: z.int().positive(), since: momentSchema, signed: signedSharingSchema }).nullable(),
  /** The alert that runs, else the last one, tests among them. */
  alert: ownerAlertSchema.nullable(),
  /** The last one that shared cameras, running or over, so that no test and no cancelled one takes its receipt away. */
  lastReal: ownerAlertSchema.nullable(),
  /** Why the relay did not take the last one that it was handed after its return. */
  refusal: z.object({ version: z.int().positive(), message: z.string(), at: momentSchema }).nullable(),
});

export type OwnerRelay = z.infer<typeof ownerRelaySchema>;

/** What the site's relay tells its owner of itself and of the site's cameras. No address and nobody who watches is in it. */
export const ownerHealthSchema = relayHealthSchema
  .pick({ at: true, startedAt: true, process: true, machine: true, camerasFault: true })
  .extend({
    cameras: z.array(
      siteCameraSchema.pick({ id: true, sharingMode: true, confirmedAt: true, streams: true }).extend({
        /** Null: the relay has no entry for it. */
        relay: relayCameraSchema.pick({ awaitsOwner: true, check: true, alertInput: true }).nullable(),
      }),
    ),
  });

export type OwnerHealth = z.infer<typeof ownerHealthSchema>;
