import { sessionRoutes as routes } from '@commonsight/types/http/session-routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Login } from './createSessions.ts';
import { oidcProviderId } from './oidc.ts';
import { useNotice } from './useNotice.ts';

/** How often one address may try to sign in. Failed tries of one account are counted in the record (`FailedTries`). */
const signInLimit = { rateLimit: { max: 30, timeWindow: 60_000 } };

/**
 * Signing in and out, and the session itself. better-auth's own routes are not mounted: what is not on this list does
 * not exist.
 */
export function addSessionRoutes(app: App, login: Login): void {
  const { sessions, signIn, door, locks, own, passkeys, oidc } = login;
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
  addRoute(
    app,
    routes.passkeySignInOptions,
    async ({ caller, setCookies }) => {
      const { options, cookies } = await passkeys.signInOptions(caller);
      setCookies(cookies);
      return { options };
    },
    signInLimit,
  );
  addRoute(
    app,
    routes.signInWithPasskey,
    async ({ body, caller, setCookies }) => {
      const { next, cookies } = await passkeys.signIn(body.response, caller);
      setCookies(cookies);
      return { next };
    },
    signInLimit,
  );
  addRoute(app, routes.signInOptions, async () => ({ hasPasskeys: true, oidc: oidc.offer }));
  addRoute(
    app,
    routes.startOidcSignIn,
    async ({ caller, setCookies }) => {
      const { url, cookies } = await oidc.start(caller);
      setCookies(cookies);
      return { url };
    },
    signInLimit,
  );
  // No JSON: the provider sends the browser's window here.
  app.get(
    `/api/auth/callback/${oidcProviderId}`,
    { config: { contract: 'openid-connect', ...signInLimit } },
    async (request, reply) => {
      const [, query = ''] = request.url.split('?', 2);
      const { url, cookies } = await oidc.finish(query, { headers: request.headers, sourceAddress: request.ip });
      return reply.header('set-cookie', cookies).header('cache-control', 'no-store').redirect(url);
    },
  );
  addRoute(app, routes.signOut, async ({ caller, setCookies }) => {
    const session = await sessions.fromCookies(caller.headers, caller.sourceAddress);
    if (session !== null) await sessions.end(session.actor, 'signedOut');
    setCookies((await door.ask('/sign-out', caller, {})).headers.getSetCookie());
    return {};
  });

  addRoute(app, routes.useNotice, async () => useNotice);
  addRoute(app, routes.acceptUseNotice, ({ actor, body }) => sessions.acceptUseNotice(actor, body.version));
  addRoute(app, routes.reportActivity, ({ actor }) => locks.reportActivity(actor));
  addRoute(app, routes.lockSession, ({ actor }) => locks.lock(actor));
  addRoute(app, routes.unlockPasskeyOptions, async ({ caller, setCookies }) => {
    const { options, cookies } = await passkeys.unlockOptions(caller);
    setCookies(cookies);
    return { options };
  });
  addRoute(app, routes.unlockSession, async ({ actor, body, caller, setCookies }) => {
    const { session, cookies } = await locks.unlock(actor, body, caller);
    setCookies(cookies);
    return session;
  });

  addRoute(app, routes.listSessions, async ({ actor }) => ({ sessions: await own.list(actor) }));
  addRoute(app, routes.endSession, async ({ actor, params }) => {
    await own.end(actor, params.id);
    return {};
  });
  addRoute(app, routes.declareWallDisplay, ({ actor, params }) => own.declareWallDisplay(actor, params.id));
}
