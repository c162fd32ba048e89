import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { pushSubscriptionSchema, signedPushOrderSchema } from '../push.ts';
import type { Route } from './route.ts';

const subscriptions = z.array(pushSubscriptionSchema);

/** Push messages to an owner's browsers. Each carries the secret of an owner's link in the header `ledgerSecretHeader`. */
export const pushRoutes = {
  /** The key that browsers subscribe with (VAPID, RFC 8292), and the browsers of the site that get messages. */
  readOwnerPush: {
    method: 'GET',
    path: '/api/owner/push',
    response: z.object({ publicKey: z.base64url(), subscriptions }),
    permission: 'public',
    audit: 'ledger.read',
  },
  /**
   * What an owner's browser has signed about push messages. `notPermitted` when no key that the relay keeps signed it.
   * `subscriptionId` is the one that was begun or tried.
   */
  orderOwnerPush: {
    method: 'POST',
    path: '/api/owner/push',
    body: z.strictObject({ relayId: idSchema, signed: signedPushOrderSchema }),
    response: z.object({ subscriptionId: idSchema.nullable(), subscriptions }),
    permission: 'public',
    audit: 'push.ordered',
  },
} as const satisfies Record<string, Route>;
