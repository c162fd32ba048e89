import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { trustedOrigins } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { accounts, sessions, users, verifications } from '../db/schema.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { SessionCopies } from './SessionCopies.ts';

/** How long one sign-in lasts, whatever is done in it. */
const sessionSeconds = 12 * 60 * 60;

/** The header in which this server tells better-auth who is calling; what a caller sends under this name is dropped. */
export const addressHeader = 'x-commonsight-address';

const signInWindowSeconds = 60;
const signInsPerWindow = 30;

/** A session that better-auth is about to store. */
export interface StartingSession {
  id: string;
  userId: string;
  sourceAddress: string | null;
}

/**
 * better-auth with email and password alone. `beforeStart` runs before a session is stored; when it throws or answers
 * false there is no session.
 */
export function createAuth(options: {
  db: Db;
  copies: SessionCopies;
  publicUrl: string;
  secret: string;
  logger: Logger;
  beforeStart: (session: StartingSession) => Promise<boolean>;
}) {
  const { publicUrl, secret, logger } = options;
  return betterAuth({
    appName: 'Commonsight',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [...trustedOrigins(publicUrl)],
    database: drizzleAdapter(options.db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
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
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: {
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      storeSessionInDatabase: true,
      // A cookie that carries the session would outlive its end.
      cookieCache: { enabled: false },
    },
    rateLimit: {
      enabled: true,
      // In memory and not in Redis: emptying Redis must not give somebody who guesses passwords a fresh start.
      storage: 'memory',
      customRules: { '/sign-in/email': { window: signInWindowSeconds, max: signInsPerWindow } },
    },
    advanced: {
      cookiePrefix: 'commonsight',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const id = newId();
            return (await options.beforeStart({ id, userId: session.userId, sourceAddress: session.ipAddress || null }))
              ? { data: { ...session, id } }
              : false;
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

export type Auth = ReturnType<typeof createAuth>;
