import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import { newPasswordSchema, passwordAdviceSchema } from '../password.ts';
import { roleSchema } from '../permission.ts';
import { useNoticeSchema } from '../session.ts';
import { lineSchema } from '../text.ts';
import { userSchema } from '../user.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** A user as administrators see it. */
export const accountSchema = userSchema.extend({
  email: z.string(),
  /**
   * `invited`: has not set a password yet. `locked`: five failed tries within 15 minutes; an administrator releases it.
   */
  state: z.enum(['invited', 'active', 'locked', 'disabled']),
  createdAt: momentSchema,
  disabledAt: momentSchema.nullable(),
  lockedAt: momentSchema.nullable(),
  lastSignInAt: momentSchema.nullable(),
  hasSecondFactor: z.boolean(),
  /** Until when the last invitation's link works; null when there is none to accept. */
  invitationEndsAt: momentSchema.nullable(),
});

export type Account = z.infer<typeof accountSchema>;

/** The link is shown once; the server keeps a hash of its token. The token stands behind `#`, where no log sees it. */
const invitationSchema = z.object({ account: accountSchema, link: z.url(), endsAt: momentSchema });

const tokenSchema = lineSchema(100).min(20);

/** People's accounts: for administrators, and for who follows an invitation. */
export const userRoutes = {
  listUsers: {
    method: 'GET',
    path: '/api/users',
    response: z.object({ users: z.array(accountSchema) }),
    permission: 'user.administer',
    audit: 'user.listed',
  },
  /** Instead of sign-up: a one-time link, 72 hours, with which the person sets a password. */
  inviteUser: {
    method: 'POST',
    path: '/api/invitations',
    body: z.object({ name: lineSchema(80), email: z.email().max(200), role: roleSchema }),
    response: invitationSchema,
    permission: 'user.administer',
    audit: 'user.invited',
  },
  /** A new link for a user who has not set a password; the old one works no more. */
  renewInvitation: {
    method: 'POST',
    path: '/api/users/:id/invite-again',
    params: byId,
    response: invitationSchema,
    permission: 'user.administer',
    audit: 'user.invited',
  },
  /** What the link's page shows. `codeNotAccepted`: unknown, used or expired, without saying which. */
  readInvitation: {
    method: 'POST',
    path: '/api/invitations/read',
    body: z.object({ token: tokenSchema }),
    response: z.object({
      name: z.string(),
      email: z.string(),
      agencyName: z.string(),
      endsAt: momentSchema,
      useNotice: useNoticeSchema,
    }),
    permission: 'public',
    audit: 'public',
  },
  /** Sets the password and accepts the use notice; the person signs in afterwards. A refused password is `badRequest`. */
  acceptInvitation: {
    method: 'POST',
    path: '/api/invitations/accept',
    body: z.object({ token: tokenSchema, password: newPasswordSchema, useNoticeVersion: z.int().positive() }),
    response: passwordAdviceSchema,
    permission: 'public',
    audit: 'user.invitationAccepted',
  },
  /** Unlocks an account that failed tries have locked. */
  releaseUser: {
    method: 'POST',
    path: '/api/users/:id/release',
    params: byId,
    response: accountSchema,
    permission: 'user.administer',
    audit: 'user.released',
  },
  disableUser: {
    method: 'POST',
    path: '/api/users/:id/disable',
    params: byId,
    response: accountSchema,
    permission: 'user.administer',
    audit: 'user.disabled',
  },
  /**
   * For a supervisor who has to stop somebody now: disables an operator's account and ends its sessions and viewings.
   * `notPermitted` for accounts of administrators and auditors, `conflict` for one's own and one that is disabled.
   */
  suspendUser: {
    method: 'POST',
    path: '/api/users/:id/suspend',
    params: byId,
    body: z.object({ note: lineSchema(300) }),
    response: userSchema,
    permission: 'user.suspend',
    audit: 'user.disabled',
  },
  enableUser: {
    method: 'POST',
    path: '/api/users/:id/enable',
    params: byId,
    response: accountSchema,
    permission: 'user.administer',
    audit: 'user.enabled',
  },
  /** Takes away TOTP, backup codes and passkeys of somebody who lost them, and ends that user's sessions. */
  resetSecondFactor: {
    method: 'POST',
    path: '/api/users/:id/reset-second-factor',
    params: byId,
    response: accountSchema,
    permission: 'user.administer',
    audit: 'secondFactor.reset',
  },
} as const satisfies Record<string, Route>;
