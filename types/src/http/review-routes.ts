import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { reviewFindingSchema, reviewNoteSchema, reviewSchema, shiftSchema } from '../review.ts';
import { userSchema } from '../user.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

const userShiftSchema = z.object({ user: userSchema, shift: shiftSchema.nullable() });

/** The review of viewings, and the working hours that it goes by. */
export const reviewRoutes = {
  /** `open`: oldest first. `closed`: those closed last first. `count` is of all in that state. */
  listReviews: {
    method: 'GET',
    path: '/api/reviews',
    query: z.object({
      state: z.enum(['open', 'closed']).default('open'),
      limit: z.coerce.number().int().min(1).max(200).default(200),
    }),
    response: z.object({ reviews: z.array(reviewSchema), count: z.int().nonnegative() }),
    permission: 'review.list',
    audit: 'review.listed',
  },
  /** `id` is the viewing's. `conflict` when it is not ready or closed already; `notPermitted` for one's own viewing. */
  closeReview: {
    method: 'POST',
    path: '/api/viewings/:id/review',
    params: byId,
    body: z.object({ finding: reviewFindingSchema, note: reviewNoteSchema }),
    response: reviewSchema,
    permission: 'review.close',
    audit: 'review.closed',
  },

  listShifts: {
    method: 'GET',
    path: '/api/shifts',
    response: z.object({ shifts: z.array(userShiftSchema) }),
    permission: 'shift.administer',
    audit: 'shift.listed',
  },
  /** Sets a user's working hours, or takes them away with null. Never one's own: `notPermitted`. */
  changeShift: {
    method: 'POST',
    path: '/api/users/:id/shift',
    params: byId,
    body: z.object({ shift: shiftSchema.nullable() }),
    response: userShiftSchema,
    permission: 'shift.administer',
    audit: 'shift.changed',
  },
} as const satisfies Record<string, Route>;
