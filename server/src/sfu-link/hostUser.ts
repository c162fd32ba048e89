import type { Sessions } from '../sessions/Sessions.ts';
import type { Previews } from '../previews/Previews.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { LiveState } from '../signaling/LiveState.ts';
import type { Streams } from '../streams/Streams.ts';
import type { HostClosings } from '../viewings/HostClosings.ts';
import type { Peers } from '../viewings/Peers.ts';
import type { PeerStore } from '../viewings/PeerStore.ts';
import type { Viewings } from '../viewings/Viewings.ts';
import type { SfuLinkUser } from './SfuLink.ts';

/** A starting server may meet its host before its Redis, which knows the host's peers. */
const redisWaitMs = 3_000;

/** What the SFU host's messages mean to viewings and streams. */
export function hostUser(parts: {
  viewings: Viewings;
  streams: Streams;
  previews: Pick<Previews, 'hostConnected' | 'hostEnded'>;
  peers: Peers;
  store: Pick<PeerStore, 'read'>;
  sessions: Pick<Sessions, 'byId'>;
  state: Pick<LiveState, 'untilReady'>;
  closings: Pick<HostClosings, 'closeLeft'>;
  background: Pick<BackgroundWork, 'run'>;
  isActive: () => boolean;
}): SfuLinkUser {
  const { viewings, streams, previews, peers, store, sessions } = parts;

  /** Whether the peer of a server before this one belongs to a session that still lives. */
  async function takeUp(peerId: string): Promise<boolean> {
    const record = await store.read(peerId);
    if (record === null || (await sessions.byId(record.sessionId, null)) === null) return false;
    peers.adopt(record);
    return true;
  }

  return {
    hostConnected: async (snapshot, ask) => {
      await parts.state.untilReady(redisWaitMs);
      await viewings.hostConnected(snapshot, ask, takeUp);
      await streams.hostConnected(snapshot);
      previews.hostConnected();
    },
    hostReady: () => parts.background.run('close what is left at the host', parts.closings.closeLeft()),
    hostLost: () => {
      if (parts.isActive()) streams.hostLost();
    },
    onNotification: {
      'uplink:flowChanged': ({ uplinkId, ...flow }) => streams.flowChanged(uplinkId, flow),
      'uplink:closed': ({ uplinkId, streamId }) => streams.uplinkClosed(uplinkId, streamId),
      'peer:closed': (closed) => {
        viewings.peerClosed(closed);
        previews.hostEnded(closed.peerId);
      },
      'consumer:closed': (closed) => {
        viewings.consumerClosed(closed);
        previews.hostEnded(closed.peerId);
      },
      'consumer:traffic': (report) => viewings.trafficReported(report),
    },
  };
}
