import type { LinkHandlers } from '@commonsight/types/answer';
import type { ControlRequests } from '@commonsight/types/control/control';
import type { WireError } from '@commonsight/types/errors';
import type { Id } from '@commonsight/types/ids';
import type { types } from 'mediasoup';
import type { FlowWatch } from '../health/FlowWatch.ts';
import type { Consumers } from '../peers/Consumers.ts';
import type { Peers } from '../peers/Peers.ts';
import type { Uplinks } from '../uplinks/Uplinks.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';

export interface ControlParts {
  hostId: Id;
  pool: WorkerPool;
  uplinks: Uplinks;
  peers: Peers;
  consumers: Consumers;
  flowWatch: FlowWatch;
  toWireError: (error: unknown) => WireError;
}

/**
 * What each request of the server does. The casts are the edge to mediasoup: the contract checks what this project
 * relies on, mediasoup checks the rest of its own shapes.
 */
export function controlHandlers(parts: ControlParts): LinkHandlers<ControlRequests> {
  const { pool, uplinks, peers, consumers } = parts;
  return {
    'host:snapshot': async () => {
      parts.flowWatch.tellAgain();
      return {
        hostId: parts.hostId,
        workers: pool.workers.map(({ pid, webRtcPort }) => ({ pid, webRtcPort })),
        uplinks: uplinks.toWire(),
        peers: peers.toWire(),
      };
    },

    'uplink:open': ({ uplinkId, streamId, nearPeerId }) => {
      const near = nearPeerId === null ? undefined : peers.find(nearPeerId);
      return uplinks.open(uplinkId, streamId, () => (near ?? pool).place());
    },
    'uplink:connect': async ({ uplinkId, srtpParameters, rtpParameters }) => {
      await uplinks.connect(uplinkId, srtpParameters, rtpParameters as types.RtpParameters);
      return {};
    },
    'uplink:close': async ({ uplinkId }) => {
      const told = consumers.closeOfUplink(uplinkId);
      uplinks.close(uplinkId);
      await told;
      return {};
    },

    'peer:open': async ({ peerId }) => ({ routerRtpCapabilities: peers.open(peerId) }),
    'peer:createTransport': async ({ peerId }) => peers.createTransport(peerId),
    'peer:connectTransport': async ({ peerId, transportId, dtlsParameters }) => {
      const transport = peers.require(peerId).requireTransportOfId(transportId);
      await transport.connect(dtlsParameters as types.DtlsParameters);
      return {};
    },
    'peer:restartIce': async ({ peerId, transportId }) => ({
      iceParameters: await peers.require(peerId).requireTransportOfId(transportId).restartIce(),
    }),
    'peer:close': async ({ peerId }) => ({ traffic: await peers.close(peerId) }),

    'consumer:create': async ({ peerId, rtpCapabilities, consumers: orders }) => {
      const peer = peers.require(peerId);
      const transport = peer.requireTransport();
      const create = async ({ viewingId, uplinkId, expiresAt }: (typeof orders)[number]) => {
        const order = { viewingId, uplinkId, expiresAtMs: Date.parse(expiresAt) };
        try {
          const consumer = await consumers.create(peer, transport, rtpCapabilities as types.RtpCapabilities, order);
          return { ok: true as const, viewingId, consumer };
        } catch (error) {
          return { ok: false as const, viewingId, error: parts.toWireError(error) };
        }
      };
      return { results: await Promise.all(orders.map(create)) };
    },
    'consumer:resume': async ({ viewingIds }) => {
      await consumers.resume(viewingIds);
      return {};
    },
    'consumer:pause': async ({ viewingIds }) => {
      await consumers.pause(viewingIds);
      return {};
    },
    'consumer:extend': async ({ viewingIds, expiresAt }) => {
      consumers.extend(viewingIds, Date.parse(expiresAt));
      return {};
    },
    'consumer:close': async ({ viewingIds }) => ({ traffic: await consumers.close(viewingIds) }),
  };
}
