import { sessionRoutes as routes } from '@commonsight/types/http/session-routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Login } from './createSessions.ts';
import { useNotice } from './useNotice.ts';

/** How often one address may try to sign in. Failed tries of one account are counted in the record (`FailedTries`). */
const signInLimit = { rateLimit: { max: 30, timeWindow: 60_000 } };

/**
 * Signing in and out, and the session itself. better-auth's own routes are not mounted: what is not on this list does
 * not exist.
 */
export function addSessionRoutes(app: App, { sessions, signIn, door }: Login): void {
  addRoute(
    app,
    routes.signIn,
    async ({ body, caller, setCookies }) => {
      const { next, cookies } = await signIn.withPassword(body, caller);
      // Only the cookies leave: better-auth's body holds the session's token, which no script needs to know.
      setCookies(cookies);
      return { next };
    },
    signInLimit,
  );
  addRoute(
    app,
    routes.proveSecondFactor,
    async ({ body, caller, setCookies }) => {
      const { next, cookies } = await signIn.withSecondFactor(body, caller);
      setCookies(cookies);
      return { next };
    },
    signInLimit,
  );
  addRoute(app, routes.signOut, async ({ caller, setCookies }) => {
    const session = await sessions.fromCookies(caller.headers, caller.sourceAddress);
    if (session !== null) await sessions.end(session.actor, 'signedOut');
    setCookies((await door.ask('/sign-out', caller, {})).headers.getSetCookie());
    return {};
  });

  addRoute(app, routes.useNotice, async () => useNotice);
  addRoute(app, routes.acceptUseNotice, ({ actor, body }) => sessions.acceptUseNotice(actor, body.version));
}
