import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { policyHashSchema } from './policy.ts';
import { purposeSchema } from './purpose.ts';

/** Permission for one user on cameras, for a purpose and an open incident, with start and end. */
export const grantSchema = z.object({
  id: idSchema,
  userId: idSchema,
  incidentId: idSchema,
  purpose: purposeSchema,
  cameraIds: z.array(idSchema),
  startsAt: momentSchema,
  endsAt: momentSchema,
  /** Where renewals stop: the policy's maximum from the start. */
  latestEndsAt: momentSchema,
  endedAt: momentSchema.nullable(),
  isBreakGlass: z.boolean(),
  /** The policy pack that it holds under. */
  policyHash: policyHashSchema,
});

export type Grant = z.infer<typeof grantSchema>;
