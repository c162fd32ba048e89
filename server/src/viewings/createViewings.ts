import type { ViewingEndReason } from '@commonsight/types/viewing';
import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Grants } from '../grants/Grants.ts';
import type { Logger } from '../logger.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import type { SfuLink } from '../sfu-link/SfuLink.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { LiveState } from '../signaling/LiveState.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { Streams } from '../streams/Streams.ts';
import { HostClosings } from './HostClosings.ts';
import type { LiveViewing } from './LiveViewing.ts';
import { Peers } from './Peers.ts';
import { PeerStore } from './PeerStore.ts';
import { ViewingEnder } from './ViewingEnder.ts';
import { viewingHandlers } from './viewingHandlers.ts';
import { ViewingRegistry } from './ViewingRegistry.ts';
import { ViewingRepository } from './ViewingRepository.ts';
import { Viewings } from './Viewings.ts';
import { ViewingStarter } from './ViewingStarter.ts';
import { Watchers } from './Watchers.ts';

/** What viewings are built from. The link to the host and the streams are made beside them and know them in turn. */
export interface CreateViewingsParts {
  db: Db;
  access: Access;
  audit: Audit;
  grants: Pick<Grants, 'requireGrant'>;
  sessions: Pick<Sessions, 'byId'>;
  notifier: Notifier;
  state: LiveState;
  background: BackgroundWork;
  host: () => Pick<SfuLink, 'ask' | 'untilReady'>;
  streams: () => Streams;
  /** Viewings of the agency began or ended. */
  onChanged: (agencyId: string) => void;
  peerGraceMs: number;
  logger: Logger;
}

export function createViewings(parts: CreateViewingsParts) {
  const { access, audit, notifier, background, logger } = parts;
  const askHost: SfuLink['ask'] = (...question) => parts.host().ask(...question);
  const repository = new ViewingRepository(parts.db);
  const registry = new ViewingRegistry();
  const closings = new HostClosings({ askHost, logger });
  const store = new PeerStore(parts.state);
  const watchers = new Watchers({
    watchersOf: (cameraId) => registry.watchersOf(cameraId),
    tell: (agencyId, cameraId, present) =>
      notifier.tell(topics.reachers(agencyId, cameraId), 'camera:watchersChanged', { cameraId, watchers: present }),
  });
  const peers = new Peers({
    askHost,
    store,
    endPeer,
    onResumed: (peer, connection) => {
      for (const { streamId } of registry.ofPeer(peer.record.peerId)) connection.join(topics.stream(streamId));
      background.run('let pictures go on', viewings.peerResumed(peer.record.peerId));
    },
    background,
    graceMs: parts.peerGraceMs,
  });
  const ender = new ViewingEnder({
    registry,
    repository,
    audit,
    closings,
    notifier,
    connectionOf: (peerId) => peers.connectionOf(peerId),
    viewersChanged: (streamId, change) => parts.streams().viewersChanged(streamId, change),
    watchersChanged: viewingsChanged,
    logger,
  });
  const viewings: Viewings = new Viewings({
    access,
    repository,
    registry,
    peers,
    ender,
    streams: { grantsChanged: (streamId) => parts.streams().grantsChanged(streamId) },
    askHost,
    notifier,
    isSessionActive: async (sessionId) => (await parts.sessions.byId(sessionId, null))?.state === 'active',
    background,
  });
  const starter = new ViewingStarter({
    access,
    requireGrant: (user, cameraId, incidentId) => parts.grants.requireGrant(user, cameraId, incidentId),
    reachOf: (user) => access.reachOf(user, 'camera.view'),
    audit,
    repository,
    registry,
    peers,
    ender,
    streams: {
      find: (...question) => parts.streams().find(...question),
      assertCanRun: (record) => parts.streams().assertCanRun(record),
      ensure: (record, nearPeerId) => parts.streams().ensure(record, nearPeerId),
    },
    askHost,
    closings,
    notifier,
    watchersChanged: viewingsChanged,
    revocations: () => viewings.revocations,
    logger,
  });

  function viewingsChanged(changed: readonly LiveViewing[]): void {
    watchers.changed(changed);
    for (const agencyId of new Set(changed.map((viewing) => viewing.agencyId))) parts.onChanged(agencyId);
  }

  /** Ends the peer at the host, and with it what it views. */
  async function endPeer(peerId: string, reason: ViewingEndReason): Promise<void> {
    const closing = closings.closePeer(peerId);
    await ender.end(registry.ofPeer(peerId), { reason }, () => closing);
    await closing;
  }

  return {
    viewings,
    peers,
    store,
    registry,
    ender,
    closings,
    handlers: viewingHandlers({
      access,
      peers,
      registry,
      starter,
      ender,
      viewings,
      askHost,
      closings,
      hostIsReady: () => parts.host().untilReady(),
    }),
  };
}
