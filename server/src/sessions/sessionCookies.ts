import { createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';

const tokenSchema = z.object({ token: z.string(), maxAgeSeconds: z.int().positive() });
const pendingCookieName = 'two_factor';

/** What this server needs of better-auth's signed cookies. No URL leads here. */
export function sessionCookies() {
  return {
    id: 'commonsight-cookies',
    endpoints: {
      /** The user who has proved the password and owes the second factor, or null. */
      readPendingUser: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (ctx) => {
        const { name } = ctx.context.createAuthCookie(pendingCookieName);
        const identifier = await ctx.getSignedCookie(name, ctx.context.secret);
        if (typeof identifier !== 'string') return null;
        const pending = await ctx.context.internalAdapter.findVerificationValue(identifier);
        return pending === null || pending.expiresAt <= new Date() ? null : pending.value;
      }),
      /** Sets the session's cookie to another token. */
      writeSessionCookie: createAuthEndpoint.serverOnly({ method: 'POST', body: tokenSchema }, async (ctx) => {
        const { name, attributes } = ctx.context.authCookies.sessionToken;
        const { token, maxAgeSeconds } = ctx.body;
        await ctx.setSignedCookie(name, token, ctx.context.secret, { ...attributes, maxAge: maxAgeSeconds });
        return ctx.json({});
      }),
    },
  };
}
