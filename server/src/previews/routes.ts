import { previewRoutes } from '@commonsight/types/http/preview-routes';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { Previews } from './Previews.ts';

/** Of one address: some pages, each of which says every few seconds that it is still there. */
const keepLimit = { max: 240, timeWindow: 60_000 };

export function addPreviewRoutes(app: App, previews: Previews): void {
  const { preparePreview, startPreview, openPreview, connectPreview, keepPreview, stopPreview } = previewRoutes;
  const limited = { rateLimit: ownerActLimit };
  addRoute(
    app,
    preparePreview,
    ({ actor, caller, body }) => previews.prepare(actor, ownerSecretOf(caller), body),
    limited,
  );
  addRoute(app, startPreview, ({ actor, caller, body }) => previews.start(actor, ownerSecretOf(caller), body), limited);
  addRoute(
    app,
    openPreview,
    ({ actor, caller, params, body }) => previews.open(actor, ownerSecretOf(caller), params.id, body),
    limited,
  );
  addRoute(
    app,
    connectPreview,
    ({ actor, caller, params, body }) => previews.connect(actor, ownerSecretOf(caller), params.id, body),
    limited,
  );
  addRoute(app, keepPreview, ({ actor, caller, params }) => previews.keep(actor, ownerSecretOf(caller), params.id), {
    rateLimit: keepLimit,
  });
  addRoute(
    app,
    stopPreview,
    ({ actor, caller, params }) => previews.stop(actor, ownerSecretOf(caller), params.id),
    limited,
  );
}
