import type { LinkHandlers } from '@commonsight/types/answer';
import {
  type ControlNotifications,
  controlNamespace,
  controlNotifications,
  type ControlRequests,
  controlRequests,
  type HostSnapshot,
} from '@commonsight/types/control/control';
import { answerLinkRequest } from '@commonsight/types/link';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { CodedError, toWireError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { untilConnected } from './untilConnected.ts';

type Consumer = HostSnapshot['peers'][number]['consumers'][number];
type Traffic = z.output<ControlNotifications['consumer:traffic']>['traffic'];

/** An SFU host without media: it speaks the control link, checked by its schemas, and keeps what it is told. */
export class FakeHost {
  readonly uplinks = new Map<string, { streamId: string; isConnected: boolean }>();
  readonly peers = new Map<string, Map<string, Consumer>>();
  /** Everything that was asked, in its order. */
  readonly asked: { name: keyof ControlRequests; request: unknown }[] = [];
  /** Called before a request is answered; what it throws is the answer. */
  onAsked: (name: keyof ControlRequests) => Promise<void> | void = () => undefined;
  #hostId = newId();
  #socket: Socket | null = null;

  async connect(serverUrl: string, secret: string): Promise<void> {
    const socket = io(`${serverUrl}${controlNamespace}`, {
      transports: ['websocket'],
      auth: { secret },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 100,
    });
    this.#socket = socket;
    socket.onAny((name: string, payload: unknown, acknowledge: (answer: unknown) => void) => {
      void this.#answer(name, payload).then(acknowledge);
    });
    await untilConnected(socket);
  }

  get isConnected(): boolean {
    return this.#socket?.connected ?? false;
  }

  /** Breaks the link; what the host runs goes on. */
  disconnect(): void {
    this.#socket?.disconnect();
  }

  /** A process that died and started again: nothing is left. */
  lose(): void {
    this.disconnect();
    this.uplinks.clear();
    this.peers.clear();
    this.#hostId = newId();
  }

  tell<K extends keyof ControlNotifications>(name: K, notification: z.input<ControlNotifications[K]>): void {
    this.#socket?.emit(name, controlNotifications[name].parse(notification));
  }

  /** The viewings that have a consumer, over all peers. */
  get viewingIds(): string[] {
    return [...this.peers.values()].flatMap((consumers) => [...consumers.keys()]);
  }

  consumer(viewingId: string): Consumer | undefined {
    return [...this.peers.values()].map((consumers) => consumers.get(viewingId)).find((found) => found !== undefined);
  }

  requestsOf<K extends keyof ControlRequests>(name: K): z.output<ControlRequests[K]['request']>[] {
    return this.asked
      .filter((entry) => entry.name === name)
      .map((entry) => entry.request as z.output<ControlRequests[K]['request']>);
  }

  trafficOf(viewingIds: readonly string[]): Traffic {
    return viewingIds
      .filter((viewingId) => this.consumer(viewingId) !== undefined)
      .map((viewingId) => ({ viewingId, packets: 1000, bytes: 1_000_000, packetsPerSecond: 100 }));
  }

  async #answer(name: string, payload: unknown): Promise<unknown> {
    this.asked.push({ name: name as keyof ControlRequests, request: payload });
    return answerLinkRequest(controlRequests, this.#handlers, toWireError, name, payload);
  }

  readonly #handlers: LinkHandlers<ControlRequests> = {
    'host:snapshot': async () => ({
      hostId: this.#hostId,
      workers: [],
      uplinks: [...this.uplinks].map(([uplinkId, uplink]) => ({ uplinkId, ...uplink })),
      peers: [...this.peers].map(([peerId, consumers]) => ({
        peerId,
        transportId: null,
        consumers: [...consumers.values()],
      })),
    }),
    'uplink:open': async ({ uplinkId, streamId }) => {
      await this.onAsked('uplink:open');
      this.uplinks.set(uplinkId, { streamId, isConnected: false });
      return { address: '127.0.0.1', port: 41_000, srtpParameters };
    },
    'uplink:connect': async ({ uplinkId }) => {
      const uplink = this.uplinks.get(uplinkId);
      if (uplink === undefined) throw new CodedError('notFound');
      uplink.isConnected = true;
      return {};
    },
    'uplink:close': async ({ uplinkId }) => {
      const closed = this.viewingIds.filter((viewingId) => this.consumer(viewingId)?.uplinkId === uplinkId);
      const traffic = this.trafficOf(closed);
      this.uplinks.delete(uplinkId);
      for (const report of traffic) this.#remove(report.viewingId);
      return {};
    },
    'peer:open': async ({ peerId }) => {
      if (!this.peers.has(peerId)) this.peers.set(peerId, new Map());
      return { routerRtpCapabilities: { codecs: [] } };
    },
    'peer:createTransport': async () => ({
      id: newId(),
      iceParameters: { usernameFragment: 'u', password: 'p' },
      iceCandidates: [],
      dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] },
    }),
    'peer:connectTransport': async () => ({}),
    'peer:restartIce': async () => ({ iceParameters: { usernameFragment: 'u', password: 'p' } }),
    'peer:close': async ({ peerId }) => {
      await this.onAsked('peer:close');
      const traffic = this.trafficOf([...(this.peers.get(peerId)?.keys() ?? [])]);
      this.peers.delete(peerId);
      return { traffic };
    },
    'consumer:create': async ({ peerId, consumers: orders }) => {
      await this.onAsked('consumer:create');
      const peer = this.peers.get(peerId);
      if (peer === undefined) throw new CodedError('notFound');
      return {
        results: orders.map(({ viewingId, uplinkId, expiresAt }) => {
          if (this.uplinks.get(uplinkId)?.isConnected !== true) {
            return { ok: false as const, viewingId, error: new CodedError('mediaUnavailable').toWire() };
          }
          peer.set(viewingId, { viewingId, uplinkId, isPaused: true, expiresAt });
          const consumer = { id: newId(), producerId: uplinkId, kind: 'video' as const, rtpParameters: { codecs: [] } };
          return { ok: true as const, viewingId, consumer };
        }),
      };
    },
    'consumer:resume': async ({ viewingIds }) => this.#pause(viewingIds, false),
    'consumer:pause': async ({ viewingIds }) => this.#pause(viewingIds, true),
    'consumer:extend': async ({ viewingIds, expiresAt }) => {
      for (const viewingId of viewingIds) Object.assign(this.consumer(viewingId) ?? {}, { expiresAt });
      return {};
    },
    'consumer:close': async ({ viewingIds }) => {
      await this.onAsked('consumer:close');
      const traffic = this.trafficOf(viewingIds);
      for (const viewingId of viewingIds) this.#remove(viewingId);
      return { traffic };
    },
  };

  #pause(viewingIds: readonly string[], isPaused: boolean): Record<string, never> {
    for (const viewingId of viewingIds) Object.assign(this.consumer(viewingId) ?? {}, { isPaused });
    return {};
  }

  #remove(viewingId: string): void {
    for (const consumers of this.peers.values()) consumers.delete(viewingId);
  }
}

export const srtpParameters = { cryptoSuite: 'AEAD_AES_256_GCM' as const, keyBase64: 'a2V5' };
