import { digestPath } from '@commonsight/types/digest';
import { digestRoutes } from '@commonsight/types/http/digest-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { Digests } from './Digests.ts';

/** Many owners' mail programs stop mails from behind one address of their provider. */
const unsubscribeLimit = { max: 300, timeWindow: 60_000 };

export async function addDigestRoutes(app: App, digests: Digests): Promise<void> {
  const { readDigest, askDigest, stopDigest, confirmDigest, showUnsubscribe, unsubscribe } = digestRoutes;
  addRoute(app, readDigest, ({ actor, caller }) => digests.read(actor, ownerSecretOf(caller)), {
    rateLimit: ownerActLimit,
  });
  addRoute(app, askDigest, ({ actor, caller, body }) => digests.ask(actor, ownerSecretOf(caller), body), {
    rateLimit: ownerActLimit,
  });
  addRoute(app, stopDigest, ({ actor, caller }) => digests.stop(actor, ownerSecretOf(caller)), {
    rateLimit: ownerActLimit,
  });
  addRoute(app, confirmDigest, ({ actor, body }) => digests.confirm(actor, body.secret), { rateLimit: ownerActLimit });
  addRoute(app, showUnsubscribe, async ({ params }) => toPage(params.secret), { rateLimit: unsubscribeLimit });
  // A mail program sends a form (RFC 8058). What is in it is always the same and is not looked at.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
    addRoute(scope, unsubscribe, ({ actor, params }) => digests.unsubscribe(actor, params.secret), {
      rateLimit: unsubscribeLimit,
    });
  });
}

/** On to the page that asks: programs that look at every link of a mail shall stop nothing by it. */
function toPage(secret: string) {
  const page = `${digestPath}#stop=${secret}`;
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Weekly mail</title><meta http-equiv="refresh" content="0; url=${page}"><p><a href="${page}">Stop the weekly mail</a> · <a href="${page}" lang="es">Dejar de recibir el correo semanal</a></p></html>`;
  return { contentType: 'text/html; charset=utf-8', body, cache: 'never' as const };
}
