import type { Access } from '../access/Access.ts';
import { CodedError } from '../errors.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import type { Connection } from '../signaling/Connection.ts';
import type { SignalingHandlers } from '../signaling/Dispatcher.ts';
import { topics } from '../signaling/topics.ts';
import type { HostClosings } from './HostClosings.ts';
import { toSupervised } from './LiveViewing.ts';
import type { Peer, Peers } from './Peers.ts';
import type { ViewingEnder } from './ViewingEnder.ts';
import type { ViewingRegistry } from './ViewingRegistry.ts';
import type { Viewings } from './Viewings.ts';
import type { ViewingStarter } from './ViewingStarter.ts';

export interface ViewingHandlerParts {
  access: Pick<Access, 'requireAccess'>;
  peers: Peers;
  registry: ViewingRegistry;
  starter: ViewingStarter;
  ender: Pick<ViewingEnder, 'end'>;
  viewings: Viewings;
  askHost: AskHost;
  closings: Pick<HostClosings, 'closePeer'>;
  hostIsReady(): Promise<void>;
}

/** Answers the requests about peers, transports, consumers and viewings. */
export function viewingHandlers(parts: ViewingHandlerParts) {
  const { peers, registry } = parts;

  function requirePeer(connection: Connection): Peer {
    const peer = peers.ofConnection(connection.id);
    if (peer === null) throw new CodedError('conflict', 'Open a peer first.');
    return peer;
  }

  /** Those of the ids that are the connection's own; others do not exist for it. */
  function ownViewings(connection: Connection, viewingIds: readonly string[]) {
    const peer = peers.ofConnection(connection.id);
    const ids = new Set(viewingIds);
    return peer === null ? [] : registry.ofPeer(peer.record.peerId).filter((viewing) => ids.has(viewing.id));
  }

  async function askAboutViewings(
    name: 'consumer:resume' | 'consumer:pause',
    connection: Connection,
    viewingIds: readonly string[],
  ): Promise<Record<string, never>> {
    const own = ownViewings(connection, viewingIds);
    for (const viewing of own) viewing.isHidden = name === 'consumer:pause';
    const flowing = own.filter((viewing) => viewing.isLocked !== true).map((viewing) => viewing.id);
    if (flowing.length > 0) await parts.askHost(name, { viewingIds: flowing });
    return {};
  }

  const handlers: Pick<
    SignalingHandlers,
    | 'peer:open'
    | 'transport:create'
    | 'transport:connect'
    | 'transport:restartIce'
    | 'consumer:create'
    | 'consumer:resume'
    | 'consumer:pause'
    | 'consumer:close'
    | 'viewing:supervise'
  > = {
    'peer:open': async ({ actor, connection }, { resume }) => {
      // Which peers live is known once the host's snapshot is; asking earlier would lose one that could be resumed.
      await parts.hostIsReady();
      // A socket that closed while it waited will not close again: nobody would end what it opens.
      if (!connection.isOpen) throw new CodedError('conflict');
      const resumed = resume === null ? null : await peers.resume(actor, connection, resume);
      const { peer, secret } =
        resumed !== null && resume !== null
          ? { peer: resumed, secret: resume.secret }
          : await peers.open(actor, connection);
      const { peerId } = peer.record;
      try {
        const { routerRtpCapabilities } = await parts.askHost('peer:open', { peerId });
        if (peers.find(peerId) !== peer) {
          // Ended meanwhile, and the host may have been told of its end before its beginning.
          void parts.closings.closePeer(peerId);
          throw new CodedError('conflict');
        }
        if (!connection.isOpen && resumed === null) throw new CodedError('conflict');
        const viewings = registry.ofPeer(peerId).filter((viewing) => viewing.state === 'running');
        return {
          peerId,
          secret,
          isResumed: resumed !== null,
          viewingIds: viewings.map((viewing) => viewing.id),
          routerRtpCapabilities,
        };
      } catch (error) {
        if (resumed === null) await peers.end(peer, 'mediaLost');
        throw error;
      }
    },

    'transport:create': async ({ connection }, { rtpCapabilities }) => {
      const peer = requirePeer(connection);
      await peers.capabilitiesKnown(peer, rtpCapabilities);
      return parts.askHost('peer:createTransport', { peerId: peer.record.peerId });
    },
    'transport:connect': async ({ connection }, request) => {
      const { peerId } = requirePeer(connection).record;
      return parts.askHost('peer:connectTransport', { peerId, ...request });
    },
    'transport:restartIce': async ({ connection }, request) => {
      const { peerId } = requirePeer(connection).record;
      return parts.askHost('peer:restartIce', { peerId, ...request });
    },

    'consumer:create': async ({ actor, connection, signal }, { items }) => {
      // A refusal of the role is one line for the request; each camera then answers for itself.
      await parts.access.requireAccess(actor, 'camera.view', { auditType: 'viewing.started', record: 'refusals' });
      return { results: await parts.starter.begin({ actor, peer: requirePeer(connection), items, signal }) };
    },
    'consumer:resume': ({ connection }, { viewingIds }) => askAboutViewings('consumer:resume', connection, viewingIds),
    'consumer:pause': ({ connection }, { viewingIds }) => askAboutViewings('consumer:pause', connection, viewingIds),
    'consumer:close': async ({ actor, connection }, { viewingIds }) => {
      await parts.access.requireAccess(actor, 'camera.view', { auditType: 'viewing.ended', record: 'refusals' });
      await parts.ender.end(ownViewings(connection, viewingIds), { reason: 'closedByUser', actor });
      return {};
    },

    'viewing:supervise': async ({ actor, connection }) => {
      const viewings = await parts.viewings.supervise(actor);
      connection.join(topics.supervisors(actor.agencyId));
      return { viewings: viewings.map(toSupervised) };
    },
  };
  return handlers;
}
