import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
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
  endedAt: momentSchema.nullable(),
});

export type Grant = z.infer<typeof grantSchema>;
