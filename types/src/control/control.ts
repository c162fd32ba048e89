import { z } from 'zod';
import type { LinkNotifications, LinkRequests } from '../answer.ts';
import { wireErrorSchema } from '../errors.ts';
import { idSchema, momentSchema } from '../ids.ts';
import {
  consumerParametersSchema,
  dtlsParametersSchema,
  iceParametersSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  srtpParametersSchema,
  webRtcTransportSchema,
} from '../media.ts';
import { viewingTrafficSchema } from '../viewing.ts';

/**
 * The control link: the SFU host dials the server's namespace `/sfu` and proves the shared secret in
 * `auth.secret`; from then on the server asks and the host answers. It is the host's only door.
 * The host knows streams, peers and viewings by id and nothing else: no user, no camera, no policy.
 */
export const controlNamespace = '/sfu';

/** Everything that the host has, so that a server that starts again can adopt what still runs. */
export const hostSnapshotSchema = z.object({
  hostId: idSchema,
  workers: z.array(z.object({ pid: z.int(), webRtcPort: z.int() })),
  uplinks: z.array(z.object({ uplinkId: idSchema, streamId: idSchema, isConnected: z.boolean() })),
  peers: z.array(
    z.object({
      peerId: idSchema,
      transportId: z.string().nullable(),
      consumers: z.array(
        z.object({ viewingId: idSchema, uplinkId: idSchema, isPaused: z.boolean(), expiresAt: momentSchema }),
      ),
    }),
  ),
});

export type HostSnapshot = z.infer<typeof hostSnapshotSchema>;

const nothing = z.object({});
const ofPeer = z.object({ peerId: idSchema });
const ofViewings = z.object({ viewingIds: z.array(idSchema).max(200) });

/** Server asks, host answers. */
export const controlRequests = {
  'host:snapshot': { request: nothing, response: hostSnapshotSchema },

  /** Opens the receiving end of an uplink. `nearPeerId` names the peer that will look first: same worker, no pipe. */
  'uplink:open': {
    request: z.object({ uplinkId: idSchema, streamId: idSchema, nearPeerId: idSchema.nullable() }),
    response: z.object({ address: z.string(), port: z.int(), srtpParameters: srtpParametersSchema }),
  },
  /** Gives the relay's key and the packets' description; the producer exists afterwards. */
  'uplink:connect': {
    request: z.object({ uplinkId: idSchema, srtpParameters: srtpParametersSchema, rtpParameters: rtpParametersSchema }),
    response: nothing,
  },
  'uplink:close': { request: z.object({ uplinkId: idSchema }), response: nothing },

  'peer:open': { request: ofPeer, response: z.object({ routerRtpCapabilities: rtpCapabilitiesSchema }) },
  'peer:createTransport': { request: ofPeer, response: webRtcTransportSchema },
  'peer:connectTransport': {
    request: ofPeer.extend({ transportId: z.string(), dtlsParameters: dtlsParametersSchema }),
    response: nothing,
  },
  'peer:restartIce': {
    request: ofPeer.extend({ transportId: z.string() }),
    response: z.object({ iceParameters: iceParametersSchema }),
  },
  'peer:close': { request: ofPeer, response: z.object({ traffic: z.array(viewingTrafficSchema) }) },

  /**
   * Creates consumers, paused, in one batch; each answers for itself. At `expiresAt` the host closes the consumer
   * by its own clock, so that a grant ends even when the server is gone.
   */
  'consumer:create': {
    request: ofPeer.extend({
      rtpCapabilities: rtpCapabilitiesSchema,
      consumers: z
        .array(z.object({ viewingId: idSchema, uplinkId: idSchema, expiresAt: momentSchema }))
        .min(1)
        .max(64),
    }),
    response: z.object({
      results: z.array(
        z.discriminatedUnion('ok', [
          z.object({ ok: z.literal(true), viewingId: idSchema, consumer: consumerParametersSchema }),
          z.object({ ok: z.literal(false), viewingId: idSchema, error: wireErrorSchema }),
        ]),
      ),
    }),
  },
  'consumer:resume': { request: ofViewings, response: nothing },
  'consumer:pause': { request: ofViewings, response: nothing },
  'consumer:extend': {
    request: ofViewings.extend({ expiresAt: momentSchema }),
    response: nothing,
  },
  /** Closes consumers; unknown ids are no error. Answers what flowed through those that existed. */
  'consumer:close': { request: ofViewings, response: z.object({ traffic: z.array(viewingTrafficSchema) }) },
} as const satisfies LinkRequests;

/** Host tells, nobody answers. */
export const controlNotifications = {
  'uplink:flowChanged': z.object({ uplinkId: idSchema, isFlowing: z.boolean(), since: momentSchema }),
  'uplink:closed': z.object({
    uplinkId: idSchema,
    streamId: idSchema,
    reason: z.enum(['workerDied', 'transportClosed']),
  }),
  'peer:closed': z.object({
    peerId: idSchema,
    reason: z.enum(['workerDied', 'transportClosed']),
    traffic: z.array(viewingTrafficSchema),
  }),
  'consumer:closed': z.object({
    viewingId: idSchema,
    peerId: idSchema,
    /** `transportClosed`: the peer was given another transport, and its consumers ended with the one before. */
    reason: z.enum(['expired', 'uplinkClosed', 'transportClosed']),
    traffic: viewingTrafficSchema,
  }),
  'consumer:traffic': z.object({ traffic: z.array(viewingTrafficSchema) }),
} as const satisfies LinkNotifications;

export type ControlRequests = typeof controlRequests;
export type ControlNotifications = typeof controlNotifications;
