import type { HostSnapshot } from '@commonsight/types/control/control';
import type { Id } from '@commonsight/types/ids';
import type { ViewingTraffic } from '@commonsight/types/viewing';
import { HostError } from '../errors.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { PeerConsumer } from './PeerConsumer.ts';
import { PeerTransport } from './PeerTransport.ts';

/** What the SFU knows of one connection: where it is, its one transport and its consumers by viewing. */
export class Peer {
  readonly id: Id;
  readonly consumers = new Map<Id, PeerConsumer>();
  readonly #place: () => Promise<MediaWorker>;
  /** A promise, so that two requests that come together do not choose two workers. */
  #placed: Promise<MediaWorker> | undefined;
  #transport: PeerTransport | undefined;
  #isClosed = false;

  constructor(id: Id, place: () => Promise<MediaWorker>) {
    this.id = id;
    this.#place = place;
  }

  /** The worker of this peer, chosen at the first need. It stays the same as long as it lives. */
  async place(): Promise<MediaWorker> {
    const placed = this.#placed;
    const worker = await placed?.catch(() => undefined);
    if (worker !== undefined && !worker.isClosed) return worker;
    if (this.#placed === undefined || this.#placed === placed) this.#placed = this.#place();
    return this.#placed;
  }

  /** Throws `conflict` when there is none. */
  requireTransport(): PeerTransport {
    if (this.#transport === undefined) throw new HostError('conflict', 'The peer has no transport yet.');
    return this.#transport;
  }

  /** Throws `notFound` when it is not the present one. */
  requireTransportOfId(transportId: string): PeerTransport {
    if (this.#transport?.id !== transportId) throw new HostError('notFound', 'The peer has no such transport.');
    return this.#transport;
  }

  hasTransport(transport: PeerTransport): boolean {
    return this.#transport === transport;
  }

  isOn(worker: MediaWorker): boolean {
    return this.#transport?.worker === worker;
  }

  /** Makes the new transport and takes it; the one before, if any, is handed over to be closed. */
  async replaceTransport(
    onGone: (transport: PeerTransport) => void,
  ): Promise<{ transport: PeerTransport; before: PeerTransport | undefined }> {
    const transport = await PeerTransport.create(await this.place(), onGone);
    if (this.#isClosed) {
      transport.close();
      throw new HostError('notFound', 'The peer was closed while its transport was created.');
    }
    const before = this.#transport;
    this.#transport = transport;
    return { transport, before };
  }

  /** Closes everything at once and answers what flowed. Idempotent. */
  async close(): Promise<ViewingTraffic[]> {
    this.#isClosed = true;
    const closing = [...this.consumers.values()].map((consumer) => consumer.close());
    this.consumers.clear();
    this.#transport?.close();
    return Promise.all(closing);
  }

  toWire(): HostSnapshot['peers'][number] {
    const attached = [...this.consumers.values()].filter((consumer) => consumer.isAttached);
    return {
      peerId: this.id,
      transportId: this.#transport?.id ?? null,
      consumers: attached.map((consumer) => consumer.toWire()),
    };
  }
}
