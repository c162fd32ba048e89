import { z } from 'zod';
import { alertSchema } from '../alert.ts';
import { watcherSchema } from '../camera.ts';
import { streamKindSchema } from '../stream-kind.ts';
import { grantSchema } from '../grant.ts';
import { breakGlassSchema, grantRequestSchema } from '../grant-request.ts';
import { streamHealthSchema } from '../health.ts';
import { idSchema, momentSchema } from '../ids.ts';
import { incidentSchema, timelineEntrySchema } from '../incident.ts';
import { messageSchema } from '../message.ts';
import { policyHashSchema, policyProposalSchema } from '../policy.ts';
import { sharingModeSchema } from '../relay/sharing.ts';
import { reviewSchema } from '../review.ts';
import { supervisedSessionSchema } from '../session-board.ts';
import { userSchema } from '../user.ts';
import { supervisedViewingSchema, viewingEndReasonSchema, viewingSchema, viewingTrafficSchema } from '../viewing.ts';
import { witnessAlarmSchema } from '../witness.ts';
import { screenNumberSchema, screenSchema } from '../wall.ts';

/** Server tells browsers, nobody answers. Names are in the past tense. */
export const signalingNotifications = {
  /**
   * The screens that a change touched, whole, and the numbers of those that it took away. A receiver whose revision is not exactly one behind joins the wall again
   * and gets all of it.
   */
  'wall:changed': z.object({
    wallId: idSchema,
    revision: z.int().positive(),
    screens: z.array(screenSchema),
    removedScreens: z.array(screenNumberSchema),
    by: userSchema,
    act: z.enum(['tileAssigned', 'tileMoved', 'tileCleared', 'layoutSet', 'screenAdded', 'camerasDocked', 'undone']),
  }),
  /** Which screens of the wall are open where. */
  'wall:presenceChanged': z.object({
    wallId: idSchema,
    present: z.array(z.object({ user: userSchema, screen: z.int().nullable() })),
  }),

  'camera:healthChanged': z.object({
    cameraId: idSchema,
    stream: streamKindSchema,
    streamId: idSchema,
    health: streamHealthSchema,
  }),
  'camera:watchersChanged': z.object({ cameraId: idSchema, watchers: z.array(watcherSchema) }),
  /** What the owner shares of a camera is another mode now, by the relay's word. */
  'camera:sharingChanged': z.object({ cameraId: idSchema, sharingMode: sharingModeSchema }),
  /** There are cameras that the agency has just confirmed; who shows cameras reads them anew. */
  'cameras:changed': z.object({}),
  /** An owner's alert began, reached another stage, got its incident or ended; tests are never told. */
  'alert:changed': z.object({ alert: alertSchema }),
  'relay:changed': z.object({ relayId: idSchema, siteId: idSchema, isOnline: z.boolean(), at: momentSchema }),
  /** A relay's alarm about the audit log began or ended; for who may read the log. */
  'witness:changed': z.object({ relayId: idSchema, alarm: witnessAlarmSchema.nullable() }),
  /** See `stream:clock` of the relay link. Sent only to connections that view the stream. */
  'stream:clock': z.object({
    streamId: idSchema,
    rtpTimestamp: z.int().nonnegative(),
    receivedAtMs: z.number(),
  }),

  /** The peer and all its consumers are gone (a worker died); the browser opens a new one and its tiles again. */
  'peer:closed': z.object({ peerId: idSchema }),
  'consumer:closed': z.object({
    viewingId: idSchema,
    cameraId: idSchema,
    reason: viewingEndReasonSchema,
    by: userSchema.nullable(),
    note: z.string().nullable(),
  }),

  'incident:changed': z.object({ incident: incidentSchema }),
  'incident:noted': z.object({ entry: timelineEntrySchema }),
  'grant:changed': z.object({ grant: grantSchema }),
  /** To who asked, and to everybody who may approve, whatever page is open. */
  'grantRequest:changed': z.object({ request: grantRequestSchema }),
  /** To who broke the glass, and to everybody who may approve: when it is used, overdue and justified. */
  'breakGlass:changed': z.object({ use: breakGlassSchema }),
  /** A proposal was made or decided on, or with it the policy changed: read what is shown of it anew. */
  'policy:changed': z.object({
    hash: policyHashSchema,
    proposal: policyProposalSchema.pick({ id: true, state: true }),
  }),

  'viewing:started': z.object({ viewing: supervisedViewingSchema }),
  'viewing:ended': z.object({ viewing: viewingSchema }),
  /** To those who supervise viewings: a flag was found, a review was opened, became ready or was closed. */
  'review:changed': z.object({ review: reviewSchema }),
  'viewing:traffic': z.object({ traffic: z.array(viewingTrafficSchema) }),

  /** To every connection of the session. Until it is unlocked, requests other than `clock:read` are refused. */
  'session:locked': z.object({ reason: z.enum(['idle', 'user']) }),
  /**
   * Unlocked in one of the browser's windows. The socket breaks two seconds later, because it was opened with the
   * cookie before; dial again as after any break, and `peer:open` with `resume` lets the pictures go on.
   */
  'session:unlocked': z.object({}),
  /**
   * `endedByUser`: from another of the user's sessions. `accountChanged`: the password or a second factor was changed,
   * or too many tries to unlock failed. `endedBySupervisor` has `by` and `note`.
   */
  'session:ended': z.object({
    reason: z.enum(['signedOut', 'expired', 'userDisabled', 'endedByUser', 'endedBySupervisor', 'accountChanged']),
    by: userSchema.nullable(),
    note: z.string().nullable(),
  }),

  /** To those who asked `session:supervise`: sessions that are new or have changed, whole, and those that have ended. */
  'sessionBoard:changed': z.object({ changed: z.array(supervisedSessionSchema), endedIds: z.array(idSchema) }),

  /** To all windows of the user that it is for, but not to wall displays. */
  'message:sent': z.object({ message: messageSchema }),
  /** To the same: it was acknowledged in one of them. */
  'message:acknowledged': z.object({ messageId: idSchema }),
} as const satisfies Record<string, z.ZodType>;

export type SignalingNotifications = typeof signalingNotifications;
export type NotificationOf<K extends keyof SignalingNotifications> = z.output<SignalingNotifications[K]>;
