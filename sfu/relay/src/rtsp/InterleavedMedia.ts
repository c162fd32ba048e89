import { type CameraMedia, type PacketListener, readPair, transportField } from './CameraMedia.ts';
import { UnsupportedTransportError } from './UnsupportedTransportError.ts';

/** Packets in the control connection, as frames of two channels. */
export class InterleavedMedia implements CameraMedia {
  readonly setupHeader = 'RTP/AVP/TCP;unicast;interleaved=0-1';
  readonly #send: (channel: number, packet: Buffer) => void;
  readonly #onRtp: PacketListener;
  #rtpChannel = 0;
  #rtcpChannel = 1;

  constructor(send: (channel: number, packet: Buffer) => void, onRtp: PacketListener) {
    this.#send = send;
    this.#onRtp = onRtp;
  }

  /** Some cameras choose channels of their own, and some leave them out. */
  accept(transportHeader: string): void {
    const channels = readPair(transportField(transportHeader, 'interleaved'), 255);
    const isUdp = !/\/TCP/i.test(transportHeader) && channels === undefined;
    if (isUdp) throw new UnsupportedTransportError();
    [this.#rtpChannel, this.#rtcpChannel] = channels ?? [0, 1];
  }

  isKnownChannel(channel: number): boolean {
    return channel === this.#rtpChannel || channel === this.#rtcpChannel;
  }

  handleFrame(channel: number, bytes: Buffer, start: number, end: number, arrivedAtMs: number): void {
    if (channel === this.#rtpChannel) this.#onRtp(bytes, start, end, arrivedAtMs);
  }

  sendRtcp(packet: Buffer): void {
    this.#send(this.#rtcpChannel, packet);
  }

  close(): void {
    // The frames end with the control connection.
  }
}
