import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';

/**
 * What a session is good for. Only an `active` one is served; the others are answered with the error code behind them
 * by every route and request that is not marked as served in `any` state.
 *
 * - `noticeNeeded` (`noticeNeeded`): the user has not accepted the use notice's present version.
 * - `secondFactorNeeded` (`secondFactorNeeded`): the agency demands a second factor and the user has none yet.
 * - `locked` (`sessionLocked`): nobody was active for too long, or the user locked it. Its viewings are paused.
 */
export const sessionStateSchema = z.enum(['active', 'noticeNeeded', 'secondFactorNeeded', 'locked']);

export type SessionState = z.infer<typeof sessionStateSchema>;

/**
 * `wallDisplay`: a screen for a room, declared by its supervisor. It receives and changes nothing, asks for no grant
 * and does not lock.
 */
export const deviceClassSchema = z.enum(['console', 'wallDisplay']);

export type DeviceClass = z.infer<typeof deviceClassSchema>;

export const signInMethodSchema = z.enum(['password', 'passkey', 'oidc']);

export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** One login of the user's own, as its list shows it. */
export const sessionSchema = z.object({
  id: idSchema,
  isCurrent: z.boolean(),
  state: sessionStateSchema,
  deviceClass: deviceClassSchema,
  method: signInMethodSchema,
  /** What the browser says that it is; null when it says nothing. */
  userAgent: z.string().nullable(),
  sourceAddress: z.string().nullable(),
  startedAt: momentSchema,
  lastActiveAt: momentSchema,
  /** A new login is needed from then on, whatever is done. Walls are records: the next session finds them as they are. */
  endsAt: momentSchema,
  /** When it locks unless activity is reported before; null when it is locked or never locks. */
  locksAt: momentSchema.nullable(),
});

export type Session = z.infer<typeof sessionSchema>;

/** The session behind a request, with what its screens need to know. */
export const ownSessionSchema = sessionSchema.extend({
  /** What can unlock it, each alone. */
  unlockFactors: z.array(z.enum(['password', 'totp', 'passkey'])),
  hasSecondFactor: z.boolean(),
});

export type OwnSession = z.infer<typeof ownSessionSchema>;

/** The text that everybody accepts before a session is worth anything. A new text has a new version. */
export const useNoticeSchema = z.object({
  version: z.int().positive(),
  title: z.string(),
  paragraphs: z.array(z.string()).min(1),
});

export type UseNotice = z.infer<typeof useNoticeSchema>;
