import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import { credentialIdSchema } from '../passkey.ts';
import { newPasswordSchema, passwordAdviceSchema } from '../password.ts';
import { lineSchema } from '../text.ts';
import type { Route } from './route.ts';

const nothing = z.object({});
const givenPasswordSchema = z.string().min(1).max(128);
const confirmedByPassword = z.object({ password: givenPasswordSchema });
const backupCodesSchema = z.array(z.string());

const passkeySchema = z.object({ id: idSchema, name: z.string(), createdAt: momentSchema });

/**
 * The user's own ways to sign in. What changes them asks for the password again: a wrong one is `wrongCredentials` and
 * counts as a failed try. A wall display is refused (`notPermitted`).
 */
export const accountRoutes = {
  /** Ends the user's other sessions. `badRequest` with a sentence to show when the new one is refused. */
  changePassword: {
    method: 'POST',
    path: '/api/account/password',
    body: z.object({ password: givenPasswordSchema, newPassword: newPasswordSchema }),
    response: passwordAdviceSchema,
    permission: 'signedIn',
    audit: 'user.passwordChanged',
    changesCookie: true,
  },

  /** Makes a new secret, which counts from `confirmTotp` on. Shown once; `conflict` when TOTP is on. */
  beginTotp: {
    method: 'POST',
    path: '/api/account/totp',
    body: confirmedByPassword,
    response: z.object({
      /** `otpauth://totp/...`, for a QR code. */
      uri: z.string(),
      /** The same secret in base32, to type. */
      secret: z.string(),
      backupCodes: backupCodesSchema,
    }),
    permission: 'signedIn',
    audit: 'secondFactor.begun',
    sessionState: 'any',
  },
  /** Turns TOTP on with the first code; the session gets a new cookie and the user's others end. */
  confirmTotp: {
    method: 'POST',
    path: '/api/account/totp/confirm',
    body: z.object({ code: z.string().regex(/^[0-9]{6}$/) }),
    response: nothing,
    permission: 'signedIn',
    audit: 'secondFactor.enabled',
    sessionState: 'any',
    changesCookie: true,
  },
  /** `conflict` while the agency demands a second factor. */
  removeTotp: {
    method: 'POST',
    path: '/api/account/totp/remove',
    body: confirmedByPassword,
    response: nothing,
    permission: 'signedIn',
    audit: 'secondFactor.removed',
    changesCookie: true,
  },
  /** Ten new ones; the old ones work no more. */
  renewBackupCodes: {
    method: 'POST',
    path: '/api/account/backup-codes',
    body: confirmedByPassword,
    response: z.object({ backupCodes: backupCodesSchema }),
    permission: 'signedIn',
    audit: 'secondFactor.backupCodesRenewed',
  },

  listPasskeys: {
    method: 'GET',
    path: '/api/account/passkeys',
    response: z.object({ passkeys: z.array(passkeySchema) }),
    permission: 'signedIn',
    audit: 'ownAccount',
  },
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON(options)`. */
  passkeyOptions: {
    method: 'POST',
    path: '/api/account/passkeys/options',
    body: confirmedByPassword,
    response: z.object({ options: z.record(z.string(), z.unknown()) }),
    permission: 'signedIn',
    audit: 'ownAccount',
  },
  /** With the browser's answer, `credential.toJSON()`. */
  addPasskey: {
    method: 'POST',
    path: '/api/account/passkeys',
    body: z.object({
      name: lineSchema(80),
      response: z.looseObject({ id: credentialIdSchema, type: z.literal('public-key') }),
    }),
    response: passkeySchema,
    permission: 'signedIn',
    audit: 'passkey.added',
  },
  removePasskey: {
    method: 'POST',
    path: '/api/account/passkeys/:id/remove',
    params: z.object({ id: idSchema }),
    body: confirmedByPassword,
    response: nothing,
    permission: 'signedIn',
    audit: 'passkey.removed',
  },
} as const satisfies Record<string, Route>;
