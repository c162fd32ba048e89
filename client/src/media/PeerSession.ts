import type { Answer } from '@commonsight/types/answer';
import type { RequestOf, ResponseOf, SignalingRequests } from '@commonsight/types/signaling/requests';
import { Device } from 'mediasoup-client';
import type { Consumer, RtpCapabilities, Transport, TransportOptions } from 'mediasoup-client/types';

/** What media needs of the signaling client. */
export interface MediaSignaling {
  readonly isConnected: boolean;
  request<K extends keyof SignalingRequests>(
    name: K,
    payload: RequestOf<K>,
    timeoutMs?: number,
  ): Promise<Answer<ResponseOf<K>>>;
}

type OpenedPeer = ResponseOf<'peer:open'>;
type ConsumerOffer = Extract<ResponseOf<'consumer:create'>['results'][number], { ok: true }>['consumer'];

/** How long ICE may be disconnected before it is restarted; a lost packet or two settle by themselves. */
const restartIceAfterMs = 800;

/**
 * The browser's side of one peer: a device and one receiving transport for everything on this screen. It just fails,
 * through `onFailed`; whoever made it makes a new one.
 */
export class PeerSession {
  readonly peerId: string;
  readonly secret: string;
  readonly #signaling: MediaSignaling;
  readonly #transport: Transport;
  readonly #onFailed: () => void;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  private constructor(signaling: MediaSignaling, opened: OpenedPeer, transport: Transport, onFailed: () => void) {
    this.#signaling = signaling;
    this.peerId = opened.peerId;
    this.secret = opened.secret;
    this.#transport = transport;
    this.#onFailed = onFailed;
  }

  /** Makes the browser's side of a peer that the server has just opened; null when that did not work. */
  static async create(
    signaling: MediaSignaling,
    opened: OpenedPeer,
    onFailed: () => void,
  ): Promise<PeerSession | null> {
    const device = await loadDevice(opened.routerRtpCapabilities);
    if (device === null) return null;
    const made = await signaling.request('transport:create', { rtpCapabilities: device.recvRtpCapabilities });
    if (!made.ok) return null;
    // The wire's schema checks what this project relies on; the library knows the rest of its own shapes.
    const transport = device.createRecvTransport(made.value as TransportOptions);
    const session = new PeerSession(signaling, opened, transport, onFailed);
    session.#handleTransport();
    return session;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Makes the browser's side of many consumers. All begin in one tick, so that mediasoup-client puts them into one
   * offer and answer. What could not be made is null, in the order of the offers.
   */
  async consume(offers: readonly ConsumerOffer[]): Promise<(Consumer | null)[]> {
    const made = await Promise.allSettled(
      offers.map(({ id, producerId, kind, rtpParameters }) =>
        // Each its own stream id: tracks of one stream would be held back to be in step with each other.
        this.#transport.consume({
          id,
          producerId,
          kind,
          rtpParameters: rtpParameters as Parameters<Transport['consume']>[0]['rtpParameters'],
          streamId: id,
        }),
      ),
    );
    return made.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : null));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#restartTimer);
    this.#transport.close();
  }

  #handleTransport(): void {
    this.#transport.on('connect', ({ dtlsParameters }, done, failed) => {
      void this.#connect(dtlsParameters, done, failed);
    });
    this.#transport.on('connectionstatechange', (state) => {
      clearTimeout(this.#restartTimer);
      if (state === 'disconnected') {
        this.#restartTimer = setTimeout(() => void this.#restartIce(), restartIceAfterMs);
      } else if (state === 'failed') {
        this.#fail();
      }
    });
  }

  async #connect(
    dtlsParameters: RequestOf<'transport:connect'>['dtlsParameters'],
    done: () => void,
    failed: (error: Error) => void,
  ): Promise<void> {
    const answer = await this.#signaling.request('transport:connect', {
      transportId: this.#transport.id,
      dtlsParameters,
    });
    if (answer.ok) {
      done();
      return;
    }
    failed(new Error(answer.error.message));
    this.#fail();
  }

  async #restartIce(): Promise<void> {
    // Without the server there is nobody to restart it with; the socket's return takes up the peer.
    if (this.#isClosed || !this.#signaling.isConnected) return;
    const answer = await this.#signaling.request('transport:restartIce', { transportId: this.#transport.id });
    if (this.#isClosed) return;
    if (!answer.ok) {
      if (answer.error.code !== 'timedOut') this.#fail();
      return;
    }
    const { iceParameters } = answer.value;
    await this.#transport.restartIce({ iceParameters }).catch(() => this.#fail());
  }

  #fail(): void {
    if (!this.#isClosed) this.#onFailed();
  }
}

async function loadDevice(routerRtpCapabilities: OpenedPeer['routerRtpCapabilities']): Promise<Device | null> {
  try {
    const device = new Device();
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as RtpCapabilities });
    return device;
  } catch {
    return null;
  }
}
