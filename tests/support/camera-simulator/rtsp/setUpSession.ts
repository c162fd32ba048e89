import type { Socket } from 'node:net';
import { TcpSink, UdpSink } from '../rtp/PacketSink.ts';
import type { UdpPorts } from '../rtp/UdpPorts.ts';
import type { SimulatedCamera } from '../SimulatedCamera.ts';
import type { SimulatedStream } from '../SimulatedStream.ts';
import { headerOf } from './RtspMessage.ts';
import type { RtspRequest } from './RtspMessage.ts';
import { RtspSession } from './RtspSession.ts';
import { readTransport } from './transportHeader.ts';

/** What sessions share: the UDP ports and the news that somebody began or ended to pull. */
export interface SessionMedia {
  udpPorts(fromOtherAddress: { readonly fromOtherAddress: boolean }): Promise<UdpPorts>;
  /** RTCP that comes from this address and port belongs to the camera. */
  expectRtcp(camera: SimulatedCamera, address: string, port: number): void;
  pullsChanged(): void;
}

interface SetUp {
  readonly camera: SimulatedCamera;
  readonly stream: SimulatedStream;
  readonly socket: Socket;
  readonly media: SessionMedia;
}

/** Makes the session that a SETUP asks for, or `undefined` when the camera does not speak its transport. */
export async function setUpSession(
  request: RtspRequest,
  { camera, stream, socket, media }: SetUp,
): Promise<{ session: RtspSession; transport: string } | undefined> {
  const { faults } = camera;
  const asked = readTransport(headerOf(request, 'Transport') ?? '');
  if (asked === undefined || faults.supports === (asked.kind === 'tcp' ? 'onlyUdp' : 'onlyTcp')) return undefined;
  const ssrc = stream.ssrc.toString(16).toUpperCase().padStart(8, '0');

  if (asked.kind === 'tcp') {
    const rtpChannel = asked.rtpChannel + faults.interleavedIdOffset;
    const rtcpChannel = asked.rtcpChannel + faults.interleavedIdOffset;
    const sink = new TcpSink(socket, rtpChannel, rtcpChannel, () => camera.faults.junk());
    const transport = `RTP/AVP/TCP;unicast;interleaved=${rtpChannel}-${rtcpChannel};ssrc=${ssrc};mode="PLAY"`;
    return { session: new RtspSession(camera, stream, sink), transport };
  }

  const ports = await media.udpPorts({ fromOtherAddress: faults.sendsFromOtherAddress });
  const address = socket.remoteAddress ?? '127.0.0.1';
  const { rtpPort, rtcpPort } = asked;
  media.expectRtcp(camera, address, rtcpPort);
  const sink = new UdpSink(ports.rtp, ports.rtcp, { address, rtpPort, rtcpPort });
  const clientPort = `client_port=${rtpPort}-${rtcpPort}`;
  const transport = `RTP/AVP;unicast;${clientPort};server_port=${ports.serverPort};ssrc=${ssrc};mode="PLAY"`;
  return { session: new RtspSession(camera, stream, sink), transport };
}
