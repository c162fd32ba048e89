import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { ownerAlertSchema } from '../alert.ts';
import { ownerHealthSchema, ownerRelaySchema } from '../owner.ts';
import { alertStateSchema, signedAlertOrderSchema } from '../relay/alert.ts';
import { orderChallengeSchema } from '../relay/order.ts';
import { pairRequestSchema, pairResponseSchema } from '../relay/pairing.ts';
import { signedSharingSchema } from '../relay/sharing.ts';
import { relayCameraSchema } from '../relay/relay-health.ts';
import { signedStillRequestSchema, stillAnswerSchema } from '../relay/still.ts';
import { uploadStateSchema } from '../relay/upload.ts';
import type { Route } from './route.ts';

/**
 * What owners decide, through the server and out of its reach. Each carries the secret of an owner's link in the header
 * `ledgerSecretHeader` and answers `notFound` for a wrong or revoked one; who speaks for the cameras, a key decides.
 */
export const ownerRoutes = {
  /** The site's relay with what is in force there. The first reading of an hour is an audit event, as of the ledger. */
  readOwnerRelay: {
    method: 'GET',
    path: '/api/owner/relay',
    response: z.object({ relay: ownerRelaySchema.nullable() }),
    permission: 'public',
    audit: 'ledger.read',
  },
  /** What leaves the site now, as its relay tells. `relayOffline` when it is away; `upload` is null from an older one. */
  readOwnerUpload: {
    method: 'GET',
    path: '/api/owner/upload',
    response: z.object({
      upload: uploadStateSchema.nullable(),
      cameras: z.array(relayCameraSchema.pick({ cameraId: true, streams: true, tested: true, sending: true })),
    }),
    permission: 'public',
    audit: 'ledger.read',
  },
  /** How the relay and the site's cameras are, as the relay tells: `relayOffline` without one and while it is away, `timedOut`. */
  readOwnerHealth: {
    method: 'GET',
    path: '/api/owner/health',
    response: ownerHealthSchema,
    permission: 'public',
    audit: 'ledger.read',
  },
  /** Carries a key and its proof of the pairing code to the relay, and back what the relay proves. */
  pairOwner: {
    method: 'POST',
    path: '/api/owner/pair',
    body: z.strictObject({ relayId: idSchema, request: pairRequestSchema }),
    response: pairResponseSchema,
    permission: 'public',
    audit: 'owner.pairingTried',
  },
  /**
   * Carries a signed document to the relay; while that is away it is kept and handed over later. `conflict` when another
   * document with its version, or a higher one, is in force or waits.
   */
  offerSharing: {
    method: 'POST',
    path: '/api/owner/sharing',
    body: z.strictObject({ relayId: idSchema, signed: signedSharingSchema }),
    response: z.object({ state: z.enum(['inForce', 'waiting']), relay: ownerRelaySchema }),
    permission: 'public',
    audit: 'sharing.offered',
  },
  /** A challenge of the relay, which an order about an alert has to carry. `relayOffline` when it is away: nothing is kept. */
  prepareAlert: {
    method: 'POST',
    path: '/api/owner/alert/challenge',
    body: z.strictObject({ relayId: idSchema }),
    response: z.object({ challenge: orderChallengeSchema }),
    permission: 'public',
    audit: 'alert.ordered',
  },
  /**
   * Carries a signed order about an alert to the relay, which decides. The receipt is the relay's own signature over the order
   * and `told`, what it has then; `alert` is the same with moments of the server's clock. Both are null for an `end` where
   * there was no alert.
   */
  orderAlert: {
    method: 'POST',
    path: '/api/owner/alert',
    body: z.strictObject({ relayId: idSchema, signed: signedAlertOrderSchema }),
    response: z.object({
      alert: ownerAlertSchema.nullable(),
      told: alertStateSchema.nullable(),
      receipt: z.base64url().max(200),
    }),
    permission: 'public',
    audit: 'alert.ordered',
  },
  /** Carries an owner's request for a still to the relay, and back what it has sealed for the owner's browser. */
  takeStill: {
    method: 'POST',
    path: '/api/owner/still',
    body: z.strictObject({ relayId: idSchema, signed: signedStillRequestSchema }),
    response: stillAnswerSchema,
    permission: 'public',
    audit: 'owner.stillTaken',
  },
} as const satisfies Record<string, Route>;
