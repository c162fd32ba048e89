import { z } from 'zod';
import { streamKindSchema } from './stream-kind.ts';
import { idSchema, momentSchema } from './ids.ts';
import { purposeSchema } from './purpose.ts';
import { userSchema } from './user.ts';

/** Why a viewing ended, as its tile says it. */
export const viewingEndReasonSchema = z.enum([
  'closedByUser',
  'endedBySupervisor',
  'incidentClosed',
  'grantEnded',
  'grantExpired',
  'sessionEnded',
  'connectionLost',
  'mediaLost',
  'cameraRemoved',
  'notShared',
]);

export type ViewingEndReason = z.infer<typeof viewingEndReasonSchema>;

/** One user looking at one stream, from first to last packet. */
export const viewingSchema = z.object({
  id: idSchema,
  user: userSchema,
  cameraId: idSchema,
  cameraName: z.string(),
  stream: streamKindSchema,
  incidentId: idSchema,
  incidentNumber: z.int().positive(),
  incidentTitle: z.string(),
  purpose: purposeSchema,
  grantId: idSchema,
  startedAt: momentSchema,
  endedAt: momentSchema.nullable(),
  endReason: viewingEndReasonSchema.nullable(),
  endedBy: userSchema.nullable(),
  endNote: z.string().nullable(),
});

export type Viewing = z.infer<typeof viewingSchema>;

/** What has flowed in a viewing. `packetsPerSecond` is the mean since the report before. */
export const viewingTrafficSchema = z.object({
  viewingId: idSchema,
  packets: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  packetsPerSecond: z.number().nonnegative(),
});

export type ViewingTraffic = z.infer<typeof viewingTrafficSchema>;

/** A viewing as the supervisor's list shows it: with what has flowed, null until the first report. */
export const supervisedViewingSchema = viewingSchema.extend({ traffic: viewingTrafficSchema.nullable() });

export type SupervisedViewing = z.infer<typeof supervisedViewingSchema>;
