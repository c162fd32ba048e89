import type { SignInMethod } from '@commonsight/types/session';
import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { passkey } from '@better-auth/passkey';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import { trustedOrigins } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { accounts, passkeys, sessions, twoFactors, users, verifications } from '../db/schema.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { type OidcConfig, oidcProviderId } from './oidc.ts';
import type { PasskeyCeremonies } from './PasskeyCeremonies.ts';
import type { SessionCopies } from './SessionCopies.ts';
import { sessionCookies } from './sessionCookies.ts';

/** The header in which this server tells better-auth who is calling; what a caller sends under this name is dropped. */
export const addressHeader = 'x-commonsight-address';

/** Longer than any agency lets a session last: the session's record decides (`startSession`). */
const cookieSeconds = 24 * 60 * 60;

/** How long somebody who has proved the password may take to find the second factor. */
const pendingSeconds = 5 * 60;

/** A session that better-auth is about to store. */
export interface StartingSession {
  id: string;
  userId: string;
  sourceAddress: string | null;
  /** The path of better-auth that starts it. */
  path: string;
}

/**
 * better-auth with what this project uses of it. `beforeStart` runs before a session is stored and answers what is
 * stored with it; when it throws or answers null there is no session.
 */
export function createAuth(options: {
  db: Db;
  copies: SessionCopies;
  publicUrl: string;
  secret: string;
  logger: Logger;
  ceremonies: PasskeyCeremonies;
  oidc: OidcConfig | undefined;
  beforeStart: (session: StartingSession) => Promise<{ expiresAt: Date; method: SignInMethod } | null>;
}) {
  const { publicUrl, secret, logger } = options;
  const isHttps = publicUrl.startsWith('https:');
  return betterAuth({
    appName: 'Commonsight',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [...trustedOrigins(publicUrl)],
    database: drizzleAdapter(options.db, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: accounts,
        verification: verifications,
        twoFactor: twoFactors,
        passkey: passkeys,
      },
    }),
    secondaryStorage: options.copies,
    user: {
      // Columns that this project writes and better-auth only has to know of.
      additionalFields: {
        agencyId: { type: 'string', input: false, returned: false },
        role: { type: 'string', input: false, returned: false },
        disabledAt: { type: 'date', required: false, input: false, returned: false },
      },
    },
    // The provider's word about an email links it to the invited user's account, when it says that it has verified it.
    account: { accountLinking: { enabled: true, trustedProviders: [] }, encryptOAuthTokens: true },
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: {
      expiresIn: cookieSeconds,
      additionalFields: { method: { type: 'string', required: false, input: false, returned: false } },
      disableSessionRefresh: true,
      storeSessionInDatabase: true,
      // A cookie that carries the session would outlive its end.
      cookieCache: { enabled: false },
    },
    // Each of this server's routes has its own limit, and failed tries are counted in the record (`FailedTries`).
    rateLimit: { enabled: false },
    verification: { storeInDatabase: true },
    plugins: [
      twoFactor({ issuer: 'Commonsight', accountLockout: { enabled: false }, twoFactorCookieMaxAge: pendingSeconds }),
      passkey({
        rpName: 'Commonsight',
        rpID: new URL(publicUrl).hostname,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification: { registrationInfo } }) => {
            await options.ceremonies.proved({
              credentialId: registrationInfo?.credential.id ?? '',
              isUserVerified: registrationInfo?.userVerified ?? false,
            });
          },
        },
        authentication: {
          afterVerification: async ({ verification: { authenticationInfo } }) => {
            await options.ceremonies.proved({
              credentialId: authenticationInfo.credentialID,
              isUserVerified: authenticationInfo.userVerified,
            });
          },
        },
      }),
      ...(options.oidc === undefined ? [] : [oidcPlugin(options.oidc)]),
      sessionCookies(),
    ],
    advanced: {
      // Browsers take a name with `__Host-` from this very host over TLS alone: no neighbour under the same domain, and
      // nobody on the network, can plant one. better-auth by itself would only say `__Secure-`.
      cookiePrefix: isHttps ? '__Host-commonsight' : 'commonsight',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure: isHttps, path: '/' },
      // The provider sends the browser back from another site: with `strict` this one would not come along.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const id = newId();
            const sourceAddress = session.ipAddress || null;
            const path = context?.path ?? '';
            const start = await options.beforeStart({ id, userId: session.userId, sourceAddress, path });
            return start === null ? false : { data: { ...session, id, ...start } };
          },
        },
      },
    },
    // What better-auth cannot explain comes out of it as it is, instead of whole onto standard error.
    onAPIError: { throw: true },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => logger[level]({ from: 'better-auth' }, message),
    },
  });
}

/** PKCE, state, nonce and the signature of the ID token are better-auth's to check; nobody is signed up. */
function oidcPlugin({ issuer, name, clientId, clientSecret }: OidcConfig) {
  return genericOAuth({
    config: [
      {
        providerId: oidcProviderId,
        name,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        disableSignUp: true,
        // At each sign-in, and not only when the account is linked.
        mapProfileToUser: (profile) => {
          if (profile['email_verified'] !== true) throw new Error('The provider has not verified the email.');
          return {};
        },
      },
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
