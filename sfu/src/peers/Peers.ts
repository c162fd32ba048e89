import type { HostSnapshot } from '@commonsight/types/control/control';
import type { Id } from '@commonsight/types/ids';
import type { ViewingTraffic } from '@commonsight/types/viewing';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import type { Tell } from '../control/tell.ts';
import { HostError } from '../errors.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';
import { Peer } from './Peer.ts';
import type { PeerConsumer } from './PeerConsumer.ts';
import type { PeerTransport, WebRtcTransportWire } from './PeerTransport.ts';

/** All peers of this host, by id. */
export class Peers {
  readonly #pool: Pick<WorkerPool, 'place' | 'rtpCapabilities'>;
  readonly #tell: Tell;
  readonly #log: Logger;
  readonly #peers = new Map<Id, Peer>();

  constructor(pool: Pick<WorkerPool, 'place' | 'rtpCapabilities'>, tell: Tell, log: Logger) {
    this.#pool = pool;
    this.#tell = tell;
    this.#log = log;
  }

  /** A peer that exists already is left as it is: the server may ask again after its link broke. */
  open(id: Id): types.RtpCapabilities {
    if (!this.#peers.has(id)) {
      this.#peers.set(id, new Peer(id, () => this.#pool.place()));
      this.#log.info({ peerId: id }, 'peer opened');
    }
    return this.#pool.rtpCapabilities;
  }

  find(id: Id): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Throws `notFound`. */
  require(id: Id): Peer {
    const peer = this.#peers.get(id);
    if (peer === undefined) throw new HostError('notFound', 'There is no such peer.');
    return peer;
  }

  /** Every consumer of every peer. */
  *consumers(): Generator<{ peer: Peer; consumer: PeerConsumer }> {
    for (const peer of this.#peers.values()) {
      for (const consumer of peer.consumers.values()) yield { peer, consumer };
    }
  }

  /** A second transport replaces the first, whose consumers end with it. */
  async createTransport(id: Id): Promise<WebRtcTransportWire> {
    const peer = this.require(id);
    const { transport, before } = await peer.replaceTransport((gone) => this.#transportGone(peer, gone));
    if (before !== undefined) {
      const orphans = [...peer.consumers.values()];
      peer.consumers.clear();
      const closing = orphans.map((consumer) => consumer.close());
      before.close();
      for (const traffic of await Promise.all(closing)) {
        const { viewingId } = traffic;
        this.#tell('consumer:closed', { viewingId, peerId: id, reason: 'transportClosed', traffic });
      }
    }
    return transport.toWire();
  }

  /** Answers what flowed through its consumers. An unknown id is no error. */
  async close(id: Id): Promise<ViewingTraffic[]> {
    const peer = this.#peers.get(id);
    if (peer === undefined) return [];
    this.#peers.delete(id);
    this.#log.info({ peerId: id }, 'peer closed');
    return peer.close();
  }

  /** Everything of these peers is gone with the worker; only the last numbers are left. */
  async workerDied(worker: MediaWorker): Promise<void> {
    const lost = [...this.#peers.values()].filter((peer) => peer.isOn(worker));
    await Promise.all(lost.map((peer) => this.#end(peer, 'workerDied')));
  }

  closeAll(): void {
    for (const id of this.#peers.keys()) void this.close(id);
  }

  toWire(): HostSnapshot['peers'] {
    return [...this.#peers.values()].map((peer) => peer.toWire());
  }

  #transportGone(peer: Peer, transport: PeerTransport): void {
    if (peer.hasTransport(transport)) void this.#end(peer, 'transportClosed');
  }

  async #end(peer: Peer, reason: 'workerDied' | 'transportClosed'): Promise<void> {
    this.#log.warn({ peerId: peer.id, reason }, 'peer lost');
    this.#tell('peer:closed', { peerId: peer.id, reason, traffic: await this.close(peer.id) });
  }
}
