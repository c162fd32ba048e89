import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { ownerActLimit } from '../plugins/ownerActLimit.ts';
import { ownerSecretOf } from '../plugins/secretOf.ts';
import type { OwnerHealth } from './OwnerHealth.ts';
import type { OwnerSharing } from './OwnerSharing.ts';

/** Of one address: several open pages, each of which asks every two seconds. */
const readLimit = { max: 240, timeWindow: 60_000 };

export function addOwnerRoutes(app: App, { sharing, health }: { sharing: OwnerSharing; health: OwnerHealth }): void {
  addRoute(app, ownerRoutes.readOwnerRelay, ({ actor, caller }) => sharing.read(actor, ownerSecretOf(caller)), {
    rateLimit: readLimit,
  });
  addRoute(app, ownerRoutes.readOwnerUpload, ({ actor, caller }) => health.upload(actor, ownerSecretOf(caller)), {
    rateLimit: ownerActLimit,
  });
  addRoute(app, ownerRoutes.readOwnerHealth, ({ actor, caller }) => health.read(actor, ownerSecretOf(caller)), {
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
