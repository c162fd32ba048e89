import type { types } from 'mediasoup';
import { fromMediasoup } from '../errors.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';

export interface WebRtcTransportWire {
  id: string;
  iceParameters: types.IceParameters;
  iceCandidates: types.IceCandidate[];
  dtlsParameters: types.DtlsParameters;
}

/** mediasoup's smallest. A browser that is gone is noticed by its socket first; this only stops sending into nothing. */
const iceConsentTimeoutSeconds = 10;

/** Nothing here is dropped for a low estimate, it would only make the worker probe while a wall opens. */
const initialAvailableOutgoingBitrate = 20_000_000;

/**
 * A browser that replaces its transport may close the old one before it asks for the new one, and the old one's end
 * comes by another way than the request. So the end of DTLS is the end of the peer only when nothing follows it.
 */
const goneGraceMs = 2_000;

/** The one transport of a peer. */
export class PeerTransport {
  readonly worker: MediaWorker;
  readonly #transport: types.WebRtcTransport;
  #goneTimer: NodeJS.Timeout | undefined;

  static async create(worker: MediaWorker, onGone: (transport: PeerTransport) => void): Promise<PeerTransport> {
    const transport = await fromMediasoup(
      worker.router.createWebRtcTransport({
        webRtcServer: worker.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        enableSctp: false,
        iceConsentTimeout: iceConsentTimeoutSeconds,
        initialAvailableOutgoingBitrate,
      }),
    );
    return new PeerTransport(worker, transport, onGone);
  }

  private constructor(
    worker: MediaWorker,
    transport: types.WebRtcTransport,
    onGone: (transport: PeerTransport) => void,
  ) {
    this.worker = worker;
    this.#transport = transport;
    transport.on('dtlsstatechange', (dtlsState) => {
      if (dtlsState !== 'closed' && dtlsState !== 'failed') return;
      clearTimeout(this.#goneTimer);
      this.#goneTimer = setTimeout(() => onGone(this), goneGraceMs);
    });
    transport.observer.once('close', () => clearTimeout(this.#goneTimer));
  }

  get id(): string {
    return this.#transport.id;
  }

  async connect(dtlsParameters: types.DtlsParameters): Promise<void> {
    await fromMediasoup(this.#transport.connect({ dtlsParameters }));
  }

  async restartIce(): Promise<types.IceParameters> {
    return fromMediasoup(this.#transport.restartIce());
  }

  /** The consumer is paused: the browser's side does not exist yet. */
  async consume(producerId: string, rtpCapabilities: types.RtpCapabilities): Promise<types.Consumer> {
    return fromMediasoup(this.#transport.consume({ producerId, rtpCapabilities, paused: true, enableRtx: true }));
  }

  close(): void {
    this.#transport.close();
  }

  toWire(): WebRtcTransportWire {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.#transport;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }
}
