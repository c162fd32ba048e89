import { PeerConnection, type Track } from 'node-datachannel';
import type { ControlRequests } from '@commonsight/types/control/control';
import type { z } from 'zod';
import { type RtpPacket, readRtpPacket } from './rtp.ts';
import { waitUntil } from './waitUntil.ts';

type Transport = z.output<ControlRequests['peer:createTransport']['response']>;
type Result = z.output<ControlRequests['consumer:create']['response']>['results'][number];
type ConsumerParameters = Extract<Result, { ok: true }>['consumer'];

/** A browser's side of a transport without the browser: it does ICE, DTLS and SRTP, and decodes nothing. */
export class TestViewer {
  readonly #connection: PeerConnection;
  /** The library keeps a track alive for as long as its JavaScript object is, and no longer. */
  readonly #tracks: Track[] = [];
  /** By SSRC. */
  readonly #packets = new Map<number, RtpPacket[]>();

  constructor() {
    this.#connection = new PeerConnection('viewer', { iceServers: [] });
    this.#connection.onTrack((track) => {
      this.#tracks.push(track);
      track.onMessage((bytes) => {
        const packet = readRtpPacket(bytes);
        if (packet === undefined) return;
        const packets = this.#packets.get(packet.ssrc) ?? [];
        packets.push(packet);
        this.#packets.set(packet.ssrc, packets);
      });
    });
  }

  /** Takes the transport and its consumers and returns what the SFU needs to connect. */
  async answer(transport: Transport, consumers: ConsumerParameters[]): Promise<Transport['dtlsParameters']> {
    const answered = new Promise<string>((resolve) => this.#connection.onLocalDescription((sdp) => resolve(sdp)));
    this.#connection.setRemoteDescription(offerOf(transport, consumers), 'offer');
    const [, algorithm = '', value = ''] = /a=fingerprint:(\S+) (\S+)/.exec(await answered) ?? [];
    return { role: 'client', fingerprints: [{ algorithm, value }] };
  }

  packetsOf(consumer: ConsumerParameters): RtpPacket[] {
    return this.#packets.get(consumer.rtpParameters.encodings?.[0]?.ssrc ?? -1) ?? [];
  }

  /** Waits for new packets, counted from now. */
  async waitForPackets(consumer: ConsumerParameters, count = 5): Promise<void> {
    const before = this.packetsOf(consumer).length;
    await waitUntil('packets at the viewer', () => this.packetsOf(consumer).length >= before + count);
  }

  close(): void {
    this.#connection.close();
  }
}

function offerOf(transport: Transport, consumers: ConsumerParameters[]): string {
  const { iceParameters, iceCandidates, dtlsParameters } = transport;
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map((one) => `a=candidate:${one.foundation} 1 udp ${one.priority} ${one.address} ${one.port} typ host`);
  const media = consumers.flatMap(({ rtpParameters }, index) => {
    const codec = rtpParameters.codecs[0];
    const fmtp = Object.entries(codec?.['parameters'] ?? {}).map(([key, value]) => `${key}=${String(value)}`);
    return [
      `m=video 9 UDP/TLS/RTP/SAVPF ${codec?.payloadType}`,
      'c=IN IP4 127.0.0.1',
      `a=mid:${index}`,
      'a=sendonly',
      'a=rtcp-mux',
      `a=ice-ufrag:${iceParameters.usernameFragment}`,
      `a=ice-pwd:${iceParameters.password}`,
      `a=fingerprint:sha-256 ${fingerprint?.value}`,
      'a=setup:actpass',
      `a=rtpmap:${codec?.payloadType} H264/90000`,
      `a=fmtp:${codec?.payloadType} ${fmtp.join(';')}`,
      ...(rtpParameters.headerExtensions ?? []).map(({ id, uri }) => `a=extmap:${id} ${uri}`),
      `a=ssrc:${rtpParameters.encodings?.[0]?.ssrc} cname:sfu`,
      ...(index === 0 ? candidates : []),
    ];
  });
  const mids = consumers.map((_, index) => index).join(' ');
  const session = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite', `a=group:BUNDLE ${mids}`];
  return `${[...session, ...media].join('\r\n')}\r\n`;
}
