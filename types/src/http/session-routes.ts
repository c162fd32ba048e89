import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { credentialIdSchema } from '../passkey.ts';
import { ownSessionSchema, sessionSchema, useNoticeSchema } from '../session.ts';
import { lineSchema } from '../text.ts';
import type { Route } from './route.ts';

const nothing = z.object({});
const byId = z.object({ id: idSchema });

/** A ceremony's options as the browser takes them: `PublicKeyCredential.parseRequestOptionsFromJSON(options)`. */
const passkeyOptionsSchema = z.object({ options: z.record(z.string(), z.unknown()) });

/** A browser's answer to them: `credential.toJSON()`. */
const passkeyResponseSchema = z.looseObject({
  id: credentialIdSchema,
  rawId: credentialIdSchema,
  type: z.literal('public-key'),
});

const emailSchema = lineSchema(200);
const totpCodeSchema = z.string().regex(/^[0-9]{6}$/);

/** `session`: signed in, ask `me`. `secondFactor`: the browser now holds a short-lived cookie; prove the second one. */
const signedInSchema = z.object({ next: z.enum(['session', 'secondFactor']) });

/**
 * Signing in and out, and the session itself. Whatever is wrong with a sign-in, wrong password, unknown email, locked
 * or disabled account, the answer is the same `wrongCredentials`.
 */
export const sessionRoutes = {
  /** What the sign-in screen offers. */
  signInOptions: {
    method: 'GET',
    path: '/api/auth/options',
    response: z.object({ hasPasskeys: z.boolean(), oidc: z.object({ name: z.string() }).nullable() }),
    permission: 'public',
    audit: 'public',
  },
  signIn: {
    method: 'POST',
    path: '/api/auth/sign-in/email',
    body: z.object({ email: emailSchema, password: z.string().min(1).max(128) }),
    response: signedInSchema,
    permission: 'public',
    audit: 'session.started',
  },
  /** After `signIn` answered `secondFactor`. A code works once. */
  proveSecondFactor: {
    method: 'POST',
    path: '/api/auth/second-factor',
    body: z.discriminatedUnion('factor', [
      z.object({ factor: z.literal('totp'), code: totpCodeSchema }),
      z.object({ factor: z.literal('backupCode'), code: z.string().trim().min(8).max(20) }),
    ]),
    response: signedInSchema,
    permission: 'public',
    audit: 'session.started',
  },
  passkeySignInOptions: {
    method: 'POST',
    path: '/api/auth/passkey/options',
    response: passkeyOptionsSchema,
    permission: 'public',
    audit: 'public',
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/api/auth/passkey/sign-in',
    body: z.object({ response: passkeyResponseSchema }),
    response: signedInSchema,
    permission: 'public',
    audit: 'session.started',
  },
  /**
   * Go to `url`; the provider sends the browser back to `/api/auth/callback/oidc`, which redirects to `/`, or to
   * `/?signIn=refused` when nobody was signed in.
   */
  startOidcSignIn: {
    method: 'POST',
    path: '/api/auth/oidc/start',
    response: z.object({ url: z.url() }),
    permission: 'public',
    audit: 'public',
  },
  /** Also without a session, and whatever its state is. */
  signOut: {
    method: 'POST',
    path: '/api/auth/sign-out',
    response: nothing,
    permission: 'public',
    audit: 'session.ended',
  },

  useNotice: {
    method: 'GET',
    path: '/api/use-notice',
    response: useNoticeSchema,
    permission: 'public',
    audit: 'public',
  },
  /** `conflict` when this is not the present version. */
  acceptUseNotice: {
    method: 'POST',
    path: '/api/session/accept-use-notice',
    body: z.object({ version: z.int().positive() }),
    response: ownSessionSchema,
    permission: 'signedIn',
    audit: 'useNotice.accepted',
    sessionState: 'any',
  },
  /** The user did something with this browser just now. Send it at most once a minute. */
  reportActivity: {
    method: 'POST',
    path: '/api/session/activity',
    response: ownSessionSchema,
    permission: 'signedIn',
    audit: 'ownAccount',
  },
  lockSession: {
    method: 'POST',
    path: '/api/session/lock',
    response: ownSessionSchema,
    permission: 'signedIn',
    audit: 'session.locked',
  },
  unlockPasskeyOptions: {
    method: 'POST',
    path: '/api/session/unlock/passkey-options',
    response: passkeyOptionsSchema,
    permission: 'signedIn',
    audit: 'ownAccount',
    sessionState: 'any',
  },
  /**
   * One factor of the session's own user; another's is `wrongCredentials` and counts as a failed try. The session gets
   * a new cookie: a copy of the one before is worth nothing from now on.
   */
  unlockSession: {
    method: 'POST',
    path: '/api/session/unlock',
    body: z.discriminatedUnion('factor', [
      z.object({ factor: z.literal('password'), password: z.string().min(1).max(128) }),
      z.object({ factor: z.literal('totp'), code: totpCodeSchema }),
      z.object({ factor: z.literal('passkey'), response: passkeyResponseSchema }),
    ]),
    response: ownSessionSchema,
    permission: 'signedIn',
    audit: 'session.unlocked',
    sessionState: 'any',
    changesCookie: true,
  },

  /** The user's own sessions, newest first. */
  listSessions: {
    method: 'GET',
    path: '/api/sessions',
    response: z.object({ sessions: z.array(sessionSchema) }),
    permission: 'signedIn',
    audit: 'ownAccount',
  },
  /** Ends one of the user's own sessions, with its viewings. */
  endSession: {
    method: 'POST',
    path: '/api/sessions/:id/end',
    params: byId,
    response: nothing,
    permission: 'signedIn',
    audit: 'session.ended',
  },
  /** Makes one of the supervisor's own sessions a wall display, for as long as it lasts. */
  declareWallDisplay: {
    method: 'POST',
    path: '/api/sessions/:id/wall-display',
    params: byId,
    response: sessionSchema,
    permission: 'wallDisplay.declare',
    audit: 'session.declaredWallDisplay',
  },
} as const satisfies Record<string, Route>;
