import type { HostSnapshot } from '@commonsight/types/control/control';
import type { Id } from '@commonsight/types/ids';
import type { ViewingTraffic } from '@commonsight/types/viewing';
import type { types } from 'mediasoup';
import { fromMediasoup, HostError } from '../errors.ts';
import type { Route } from '../routing/Routing.ts';
import { within } from '../within.ts';
import { ExpiryTimer } from './ExpiryTimer.ts';

export interface PeerConsumerOptions {
  viewingId: Id;
  uplinkId: Id;
  expiresAtMs: number;
  onExpired: (consumer: PeerConsumer) => void;
  onSourceLost: (consumer: PeerConsumer) => void;
}

/** How long the last numbers of a consumer are waited for. Its closing does not wait for them. */
const finalTrafficTimeoutMs = 500;

/**
 * One viewing at this host. It exists from the moment it is asked for, before mediasoup's consumer does: what ends it
 * meanwhile, its own end above all, must not be overtaken by its creation.
 */
export class PeerConsumer {
  readonly viewingId: Id;
  readonly uplinkId: Id;
  readonly #expiry: ExpiryTimer;
  readonly #onSourceLost: () => void;
  #media: { consumer: types.Consumer; route: Route } | undefined;
  #isClosed = false;
  #traffic: ViewingTraffic;
  #trafficAtMs = performance.now();

  constructor({ viewingId, uplinkId, expiresAtMs, onExpired, onSourceLost }: PeerConsumerOptions) {
    this.viewingId = viewingId;
    this.uplinkId = uplinkId;
    this.#expiry = new ExpiryTimer(expiresAtMs, () => onExpired(this));
    this.#onSourceLost = () => onSourceLost(this);
    this.#traffic = { viewingId, packets: 0, bytes: 0, packetsPerSecond: 0 };
  }

  get isAttached(): boolean {
    return this.#media !== undefined;
  }

  /** What was counted last; also after the worker is gone. */
  get traffic(): ViewingTraffic {
    return this.#traffic;
  }

  /** Gives it the consumer that was created for it. Throws, and closes that one, when either is closed already. */
  attach(consumer: types.Consumer, route: Route): void {
    if (this.#isClosed || consumer.closed) {
      const error = this.#isClosed
        ? new HostError('conflict', 'The viewing was closed while its consumer was created.')
        : new HostError('mediaUnavailable', 'The stream went while the consumer was created.');
      consumer.close();
      route.release();
      throw error;
    }
    this.#media = { consumer, route };
    consumer.once('producerclose', this.#onSourceLost);
  }

  async resume(): Promise<void> {
    await this.#ask((consumer) => consumer.resume());
  }

  async pause(): Promise<void> {
    await this.#ask((consumer) => consumer.pause());
  }

  extend(expiresAtMs: number): void {
    this.#expiry.move(expiresAtMs);
  }

  /** Asks the worker for the present numbers. */
  async sampleTraffic(): Promise<ViewingTraffic> {
    if (this.#media !== undefined) this.#count(await this.#media.consumer.getStats());
    return this.#traffic;
  }

  /**
   * Closes at once and answers what flowed. Idempotent. The question for the last numbers is sent right before the
   * order to close, on the same channel, so that they are exact and yet the closing waits for nothing.
   */
  async close(): Promise<ViewingTraffic> {
    if (this.#isClosed) return this.#traffic;
    this.#isClosed = true;
    this.#expiry.stop();
    const lastSample = this.sampleTraffic();
    this.#media?.consumer.close();
    this.#media?.route.release();
    return within(lastSample, finalTrafficTimeoutMs, this.#traffic);
  }

  toWire(): HostSnapshot['peers'][number]['consumers'][number] {
    return {
      viewingId: this.viewingId,
      uplinkId: this.uplinkId,
      isPaused: this.#media?.consumer.paused ?? true,
      expiresAt: new Date(this.#expiry.expiresAtMs).toISOString(),
    };
  }

  /** A consumer that goes while it is asked was told about in another way. */
  async #ask(request: (consumer: types.Consumer) => Promise<void>): Promise<void> {
    const consumer = this.#media?.consumer;
    if (consumer === undefined || consumer.closed) return;
    try {
      await fromMediasoup(request(consumer));
    } catch (error) {
      if (!consumer.closed) throw error;
    }
  }

  #count(stats: (types.ConsumerStat | types.ProducerStat)[]): void {
    const outbound = stats.find(({ type }) => type === 'outbound-rtp');
    if (outbound === undefined) return;
    const nowMs = performance.now();
    const seconds = Math.max(1, nowMs - this.#trafficAtMs) / 1_000;
    const newPackets = outbound.packetCount - this.#traffic.packets;
    this.#trafficAtMs = nowMs;
    this.#traffic = {
      viewingId: this.viewingId,
      packets: outbound.packetCount,
      bytes: outbound.byteCount,
      packetsPerSecond: Math.max(0, newPackets) / seconds,
    };
  }
}
