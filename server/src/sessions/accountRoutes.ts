import { accountRoutes as routes } from '@commonsight/types/http/account-routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Login } from './createSessions.ts';

/** The user's own ways to sign in. */
export function addAccountRoutes(app: App, { secondFactors, passkeys }: Login): void {
  addRoute(app, routes.changePassword, async ({ actor, body, setCookies }) => {
    const { advice, cookies } = await secondFactors.changePassword(actor, body);
    setCookies(cookies);
    return advice;
  });

  addRoute(app, routes.beginTotp, ({ actor, body, caller }) => secondFactors.begin(actor, body.password, caller));
  addRoute(app, routes.confirmTotp, async ({ actor, body, setCookies }) => {
    setCookies(await secondFactors.confirm(actor, body.code));
    return {};
  });
  addRoute(app, routes.removeTotp, async ({ actor, body, setCookies }) => {
    setCookies(await secondFactors.remove(actor, body.password));
    return {};
  });
  addRoute(app, routes.renewBackupCodes, ({ actor, body, caller }) =>
    secondFactors.renewBackupCodes(actor, body.password, caller),
  );

  addRoute(app, routes.listPasskeys, async ({ actor }) => ({ passkeys: await passkeys.list(actor) }));
  addRoute(app, routes.passkeyOptions, async ({ actor, body, caller, setCookies }) => {
    const { options, cookies } = await passkeys.addOptions(actor, body.password, caller);
    setCookies(cookies);
    return { options };
  });
  addRoute(app, routes.addPasskey, ({ actor, body, caller }) => passkeys.add(actor, body, caller));
  addRoute(app, routes.removePasskey, async ({ actor, params, body }) => {
    await passkeys.remove(actor, params.id, body.password);
    return {};
  });
}
