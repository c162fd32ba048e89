import type { Id } from '@commonsight/types/ids';
import type { ViewingTraffic } from '@commonsight/types/viewing';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import type { Tell } from '../control/tell.ts';
import { HostError } from '../errors.ts';
import type { Routing } from '../routing/Routing.ts';
import type { Uplinks } from '../uplinks/Uplinks.ts';
import type { Peer } from './Peer.ts';
import { PeerConsumer } from './PeerConsumer.ts';
import type { Peers } from './Peers.ts';
import type { PeerTransport } from './PeerTransport.ts';

export interface ConsumerOrder {
  viewingId: Id;
  uplinkId: Id;
  expiresAtMs: number;
}

export interface ConsumerWire {
  id: string;
  producerId: string;
  kind: types.MediaKind;
  rtpParameters: types.RtpParameters;
}

/** What is done with consumers by their viewing, whichever peer they belong to. Each lives in its peer. */
export class Consumers {
  readonly #peers: Peers;
  readonly #uplinks: Pick<Uplinks, 'require'>;
  readonly #routing: Routing;
  readonly #tell: Tell;
  readonly #log: Logger;

  constructor(peers: Peers, uplinks: Pick<Uplinks, 'require'>, routing: Routing, tell: Tell, log: Logger) {
    this.#peers = peers;
    this.#uplinks = uplinks;
    this.#routing = routing;
    this.#tell = tell;
    this.#log = log;
  }

  /** Throws `conflict` when the viewing exists or its end has passed, `notFound` and `mediaUnavailable` for the uplink. */
  async create(
    peer: Peer,
    transport: PeerTransport,
    rtpCapabilities: types.RtpCapabilities,
    { viewingId, uplinkId, expiresAtMs }: ConsumerOrder,
  ): Promise<ConsumerWire> {
    if (this.#find([viewingId]).length > 0) throw new HostError('conflict', 'The viewing has a consumer already.');
    if (expiresAtMs <= Date.now()) throw new HostError('conflict', 'The end of the viewing has passed.');
    const { source } = this.#uplinks.require(uplinkId);
    const consumer = new PeerConsumer({
      viewingId,
      uplinkId,
      expiresAtMs,
      onExpired: () => void this.#end(peer, consumer, 'expired'),
      onSourceLost: () => void this.#end(peer, consumer, 'uplinkClosed'),
    });
    peer.consumers.set(viewingId, consumer);
    try {
      const route = await this.#routing.reach(source, transport.worker);
      const created = await transport.consume(source.producerId, rtpCapabilities).catch((error: unknown) => {
        route.release();
        throw error;
      });
      consumer.attach(created, route);
      this.#log.info({ viewingId, uplinkId, peerId: peer.id }, 'consumer created');
      const { id, producerId, kind, rtpParameters } = created;
      return { id, producerId, kind, rtpParameters };
    } catch (error) {
      this.#forget(peer, consumer);
      await consumer.close();
      throw error;
    }
  }

  async resume(viewingIds: Id[]): Promise<void> {
    await Promise.all(this.#find(viewingIds).map(({ consumer }) => consumer.resume()));
  }

  async pause(viewingIds: Id[]): Promise<void> {
    await Promise.all(this.#find(viewingIds).map(({ consumer }) => consumer.pause()));
  }

  extend(viewingIds: Id[], expiresAtMs: number): void {
    for (const { consumer } of this.#find(viewingIds)) consumer.extend(expiresAtMs);
  }

  /** Closes those that exist, at once, and answers what flowed. */
  async close(viewingIds: Id[]): Promise<ViewingTraffic[]> {
    const closing = this.#find(viewingIds).map(({ peer, consumer }) => {
      this.#forget(peer, consumer);
      this.#log.info({ viewingId: consumer.viewingId, reason: 'asked' }, 'consumer closed');
      return consumer.close();
    });
    return Promise.all(closing);
  }

  /** Closes, at once, every consumer of an uplink that ends; resolves when all of them are told. */
  async closeOfUplink(uplinkId: Id): Promise<void> {
    const lost = [...this.#peers.consumers()].filter(({ consumer }) => consumer.uplinkId === uplinkId);
    await Promise.all(lost.map(({ peer, consumer }) => this.#end(peer, consumer, 'uplinkClosed')));
  }

  /** A consumer whose creation is not answered yet is not told about: its answer says it. */
  async #end(peer: Peer, consumer: PeerConsumer, reason: 'expired' | 'uplinkClosed'): Promise<void> {
    const { viewingId, isAttached } = consumer;
    this.#forget(peer, consumer);
    const traffic = await consumer.close();
    if (!isAttached) return;
    this.#log.info({ viewingId, reason }, 'consumer closed');
    this.#tell('consumer:closed', { viewingId, peerId: peer.id, reason, traffic });
  }

  #forget(peer: Peer, consumer: PeerConsumer): void {
    if (peer.consumers.get(consumer.viewingId) === consumer) peer.consumers.delete(consumer.viewingId);
  }

  #find(viewingIds: Id[]): { peer: Peer; consumer: PeerConsumer }[] {
    const wanted = new Set(viewingIds);
    return [...this.#peers.consumers()].filter(({ consumer }) => wanted.has(consumer.viewingId));
  }
}
