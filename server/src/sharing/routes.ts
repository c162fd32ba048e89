import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { OwnerSharing } from './OwnerSharing.ts';

/** Of one address: several open pages, each of which asks every two seconds. */
const readLimit = { max: 240, timeWindow: 60_000 };

export function addOwnerRoutes(app: App, sharing: OwnerSharing): void {
  addRoute(app, ownerRoutes.readOwnerRelay, ({ actor, caller }) => sharing.read(actor, ownerSecretOf(caller)), {
    rateLimit: readLimit,
  });
  addRoute(app, ownerRoutes.readOwnerUpload, ({ actor, caller }) => sharing.upload(actor, ownerSecretOf(caller)), {
    rateLimit: ownerActLimit,
  });
  addRoute(app, ownerRoutes.pairOwner, ({ actor, caller, body }) => sharing.pair(actor, ownerSecretOf(caller), body), {
    rateLimit: ownerActLimit,
  });
  addRoute(
    app,
    ownerRoutes.takeStill,
    ({ actor, caller, body }) => sharing.takeStill(actor, ownerSecretOf(caller), body),
    {
      rateLimit: ownerActLimit,
    },
  );
  addRoute(
    app,
    ownerRoutes.offerSharing,
    ({ actor, caller, body }) => sharing.offer(actor, ownerSecretOf(caller), body),
    {
      rateLimit: ownerActLimit,
    },
  );
}
