import { z } from 'zod';
import { idSchema } from '../ids.ts';
import {
  consumerParametersSchema,
  dtlsParametersSchema,
  rtpCapabilitiesSchema,
  webRtcTransportSchema,
} from '../media.ts';
import { previewEndSchema } from '../preview.ts';
import { orderChallengeSchema } from '../relay/order.ts';
import { signedPreviewOrderSchema } from '../relay/preview.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/**
 * An owner's own view of a camera, as police get it: the same packets through the same SFU host. Each carries the secret of
 * an owner's link in the header `ledgerSecretHeader`; the relay takes the order of a paired browser alone. One preview
 * runs for a link; a preview of another link does not exist (`notFound`).
 */
export const previewRoutes = {
  preparePreview: {
    method: 'POST',
    path: '/api/owner/preview/challenge',
    body: z.strictObject({ relayId: idSchema }),
    response: z.object({ challenge: orderChallengeSchema }),
    permission: 'public',
    audit: 'preview.started',
  },
  /** The line, then the order. `notShared` when police cannot see the camera now and the order does not say that this is known. */
  startPreview: {
    method: 'POST',
    path: '/api/owner/preview',
    body: z.strictObject({ relayId: idSchema, signed: signedPreviewOrderSchema }),
    response: z.object({
      previewId: idSchema,
      leftMs: z.int().nonnegative(),
      routerRtpCapabilities: rtpCapabilitiesSchema,
    }),
    permission: 'public',
    audit: 'preview.started',
  },
  /** The way to the browser, with a consumer that waits for the first `keepPreview`. */
  openPreview: {
    method: 'POST',
    path: '/api/owner/preview/:id/open',
    params: byId,
    body: z.strictObject({ rtpCapabilities: rtpCapabilitiesSchema }),
    response: z.object({ transport: webRtcTransportSchema, consumer: consumerParametersSchema }),
    permission: 'public',
    audit: 'partOfViewing',
  },
  connectPreview: {
    method: 'POST',
    path: '/api/owner/preview/:id/connect',
    params: byId,
    body: z.strictObject({ transportId: z.string().max(100), dtlsParameters: dtlsParametersSchema }),
    response: z.object({}),
    permission: 'public',
    audit: 'partOfViewing',
  },
  /** The page is still there, every `previewKeepMs`. An ended preview says why, for a minute. */
  keepPreview: {
    method: 'POST',
    path: '/api/owner/preview/:id/keep',
    params: byId,
    response: z.object({ leftMs: z.int().nonnegative(), end: previewEndSchema.nullable() }),
    permission: 'public',
    audit: 'partOfViewing',
  },
  stopPreview: {
    method: 'POST',
    path: '/api/owner/preview/:id/stop',
    params: byId,
    response: z.object({ end: previewEndSchema }),
    permission: 'public',
    audit: 'preview.ended',
  },
} as const satisfies Record<string, Route>;
