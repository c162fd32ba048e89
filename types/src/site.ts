import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema } from './position.ts';

export const relaySchema = z.object({
  id: idSchema,
  siteId: idSchema,
  name: z.string(),
  enrolledAt: momentSchema,
  revokedAt: momentSchema.nullable(),
  isOnline: z.boolean(),
  onlineChangedAt: momentSchema.nullable(),
});

export type Relay = z.infer<typeof relaySchema>;

export const siteSchema = z.object({
  id: idSchema,
  name: z.string(),
  address: z.string(),
  /** A home: the policy says whether live video of it may be watched. */
  isResidential: z.boolean(),
  /** By whose clock its owner's week begins until the owner has signed another; null: not known. */
  timeZone: z.string().nullable(),
  position: positionSchema,
  relays: z.array(relaySchema),
});

export type Site = z.infer<typeof siteSchema>;
