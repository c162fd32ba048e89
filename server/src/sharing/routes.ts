import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { Caller } from '../sessions/AuthDoor.ts';
import type { OwnerSharing } from './OwnerSharing.ts';

/** Of one address: several open pages, each of which asks every two seconds; and acts, each of which costs the relay work. */
const readLimit = { max: 240, timeWindow: 60_000 };
export const actLimit = { max: 60, timeWindow: 60_000 };

export function addOwnerRoutes(app: App, sharing: OwnerSharing): void {
  addRoute(app, ownerRoutes.readOwnerRelay, ({ actor, caller }) => sharing.read(actor, secretOf(caller)), {
    rateLimit: readLimit,
  });
  addRoute(app, ownerRoutes.readOwnerUpload, ({ actor, caller }) => sharing.upload(actor, secretOf(caller)), {
    rateLimit: actLimit,
  });
  addRoute(app, ownerRoutes.pairOwner, ({ actor, caller, body }) => sharing.pair(actor, secretOf(caller), body), {
    rateLimit: actLimit,
  });
  addRoute(app, ownerRoutes.takeStill, ({ actor, caller, body }) => sharing.takeStill(actor, secretOf(caller), body), {
    rateLimit: actLimit,
  });
  addRoute(app, ownerRoutes.offerSharing, ({ actor, caller, body }) => sharing.offer(actor, secretOf(caller), body), {
    rateLimit: actLimit,
  });
}

export function secretOf({ headers }: Caller): string | null {
  const secret = headers[ledgerSecretHeader];
  return typeof secret === 'string' ? secret : null;
}
