import { Socket as TcpSocket } from 'node:net';
import type { RequestOf, ResponseOf } from '@commonsight/types/signaling/requests';
import { cleanup, PeerConnection, type Track } from 'node-datachannel';
import { SignalingProbe } from './SignalingProbe.ts';

type Item = RequestOf<'consumer:create'>['items'][number];
type Transport = ResponseOf<'transport:create'>;
type Consumer = Extract<ResponseOf<'consumer:create'>['results'][number], { ok: true }>['consumer'];

/**
 * A viewer without a browser and without its good manners: signalling over a bare socket, video over ICE, DTLS and SRTP,
 * decoded by nobody. Its media goes on by itself when its socket is cut or nobody reads it.
 */
export class RawViewer {
  readonly #url: string;
  readonly #cookie: () => string;
  readonly #items: readonly Item[];
  readonly #media = new PeerConnection('viewer', { iceServers: [] });
  /** The library keeps a track alive for as long as its JavaScript object is, and no longer. */
  readonly #tracks: Track[] = [];
  #probe: SignalingProbe;
  #peer: { peerId: string; secret: string } | undefined;
  #transportId = '';
  #viewingIds: string[] = [];
  #packets = 0;
  #port = 0;

  private constructor(url: string, cookie: () => string, items: readonly Item[], probe: SignalingProbe) {
    this.#url = url;
    this.#cookie = cookie;
    this.#items = items;
    this.#probe = probe;
  }

  /** Connects and asks for the cameras; resolves when packets come. */
  static async open(
    url: string,
    session: { readonly cookie: string },
    { items, waitsForPackets = true }: { items: readonly Item[]; waitsForPackets?: boolean },
  ): Promise<RawViewer> {
    const cookie = () => session.cookie;
    const viewer = new RawViewer(url, cookie, items, await SignalingProbe.connect(url, cookie()));
    try {
      const arrived = await viewer.#watch();
      if (waitsForPackets) await arrived();
      return viewer;
    } catch (error) {
      viewer.close();
      throw error;
    }
  }

  get viewingIds(): readonly string[] {
    return this.#viewingIds;
  }

  /** The UDP port on which its packets arrive, also after its media has ended; 0 before they have. */
  get port(): number {
    return this.#port;
  }

  /** Packets that have arrived. */
  get packets(): number {
    return this.#packets;
  }

  /** As a network that breaks: the socket is gone without a goodbye. */
  cut(): void {
    this.#probe.socket.io.engine.close();
  }

  /** As a process that is stopped: the socket stands, and nobody reads it. */
  pause(): void {
    this.#tcp().pause();
  }

  goOn(): void {
    this.#tcp().resume();
  }

  /**
   * Comes back as whoever wants to go on looking would: a new socket, the peer taken up again, its consumers resumed,
   * and, unless it is told not to, what was looked at asked for again. Answers how many viewings it was let have.
   */
  async comeBack({ asksAgain = true }: { asksAgain?: boolean } = {}): Promise<number> {
    // As a broken network and not as a goodbye, after which there would be nothing to take up again.
    this.cut();
    try {
      this.#probe = await SignalingProbe.connect(this.#url, this.#cookie());
    } catch {
      return 0;
    }
    const opened = await this.#probe.request('peer:open', { resume: this.#peer ?? null });
    if (!opened.ok) return 0;
    const { isResumed, viewingIds } = opened.value;
    if (isResumed) await this.#probe.request('transport:restartIce', { transportId: this.#transportId });
    await this.#probe.request('consumer:resume', { viewingIds: this.#viewingIds });
    if (!asksAgain) return viewingIds.length;
    const again = await this.#probe.request('consumer:create', { items: [...this.#items] });
    const begun = again.ok ? again.value.results.flatMap((one) => (one.ok ? [one.viewingId] : [])) : [];
    if (begun.length > 0) await this.#probe.request('consumer:resume', { viewingIds: begun });
    return viewingIds.length + begun.length;
  }

  /** Idempotent. */
  close(): void {
    this.#probe.close();
    this.#media.close();
  }

  /** When all are closed: ends the library's threads, which keep the process alive. */
  static end(): void {
    cleanup();
  }

  /** Answers what waits for the first packet. */
  async #watch(): Promise<() => Promise<void>> {
    const { peerId, secret, routerRtpCapabilities } = await this.#ask('peer:open', { resume: null });
    this.#peer = { peerId, secret };
    const transport = await this.#ask('transport:create', { rtpCapabilities: routerRtpCapabilities });
    this.#transportId = transport.id;
    const { results } = await this.#ask('consumer:create', { items: [...this.#items] });
    const consumers = results.map((result) => {
      if (!result.ok) throw new Error(`A viewing was refused: ${result.error.code} ${result.error.message}`);
      this.#viewingIds.push(result.viewingId);
      return result.consumer;
    });
    const arrived = new Promise<void>((resolve) => {
      this.#media.onTrack((track) => {
        this.#tracks.push(track);
        track.onMessage((packet) => {
          if (!carriesPicture(packet)) return;
          this.#packets += 1;
          this.#port ||= this.#media.getSelectedCandidatePair()?.local.port ?? 0;
          resolve();
        });
      });
    });
    const dtlsParameters = await this.#answer(transport, consumers);
    await this.#ask('transport:connect', { transportId: transport.id, dtlsParameters });
    await this.#ask('consumer:resume', { viewingIds: this.#viewingIds });
    return () => arrived;
  }

  async #ask<K extends Parameters<SignalingProbe['request']>[0]>(
    name: K,
    payload: RequestOf<K>,
  ): Promise<ResponseOf<K>> {
    const answer = await this.#probe.request(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  }

  /** Takes the transport and its consumers and answers what the SFU host needs to connect. */
  async #answer(transport: Transport, consumers: readonly Consumer[]) {
    const described = new Promise<string>((resolve) => this.#media.onLocalDescription((text) => resolve(text)));
    this.#media.setRemoteDescription(offerOf(transport, consumers), 'offer');
    const [, algorithm = '', value = ''] = /a=fingerprint:(\S+) (\S+)/.exec(await described) ?? [];
    return { role: 'client' as const, fingerprints: [{ algorithm, value }] };
  }

  #tcp(): TcpSocket {
    const { transport } = this.#probe.socket.io.engine;
    const tcp: unknown = 'ws' in transport ? Reflect.get(Object(transport.ws), '_socket') : undefined;
    if (!(tcp instanceof TcpSocket)) throw new Error('The signalling has no socket.');
    return tcp;
  }
}

/** mediasoup's side of the session in the words of SDP (RFC 8866), one section for each consumer. */
function offerOf({ iceParameters, iceCandidates, dtlsParameters }: Transport, consumers: readonly Consumer[]): string {
  const udp = iceCandidates.filter(({ protocol }) => protocol === 'udp');
  const sha256 = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite'];
  lines.push(`a=group:BUNDLE ${[...consumers.keys()].join(' ')}`);
  for (const [mid, { rtpParameters }] of consumers.entries()) {
    const [codec] = rtpParameters.codecs;
    if (codec === undefined) throw new Error('A consumer has no codec.');
    const format = Object.entries(Object(codec['parameters'])).map(([key, value]) => `${key}=${String(value)}`);
    lines.push(`m=video 9 UDP/TLS/RTP/SAVPF ${codec.payloadType}`, 'c=IN IP4 127.0.0.1', `a=mid:${mid}`);
    lines.push('a=sendonly', 'a=rtcp-mux', 'a=setup:actpass', `a=fingerprint:sha-256 ${sha256?.value}`);
    lines.push(`a=ice-ufrag:${iceParameters.usernameFragment}`, `a=ice-pwd:${iceParameters.password}`);
    lines.push(`a=rtpmap:${codec.payloadType} H264/90000`, `a=fmtp:${codec.payloadType} ${format.join(';')}`);
    lines.push(`a=ssrc:${rtpParameters.encodings?.[0]?.ssrc} cname:sfu`);
    if (mid > 0) continue;
    for (const { foundation, priority, address, port } of udp) {
      lines.push(`a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`);
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** mediasoup's own stream of padding, with which it measures the way to a viewer; it comes before any picture. */
export const probationSsrc = 1234;

/** Whether it is RTP (RFC 5761: payload types 64 to 95 are RTCP's) of a stream that carries a picture. */
function carriesPicture(packet: Buffer): boolean {
  const payloadType = (packet[1] ?? 0) & 0x7f;
  return packet.length >= 12 && (payloadType < 64 || payloadType > 95) && packet.readUInt32BE(8) !== probationSsrc;
}
