import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import type { PlayoutDelay } from '../ingest/RtpWriter.ts';

export const srtpCryptoSuite = 'AEAD_AES_256_GCM';

const playoutDelayUri = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const playoutDelayId = 6;
const payloadType = 102;

/**
 * Baseline 3.1 whatever the camera says: mediasoup matches profiles strictly, browsers offer no High, and all of them
 * decode it.
 */
const h264Parameters = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };

export const routerCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: h264Parameters },
];

/** What one stream's packets look like between the repair and the worker. */
export interface PacketFormat {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly firstSequenceNumber: number;
  readonly playoutDelay: PlayoutDelay;
}

export function createPacketFormat(playoutDelay: { minMs: number; maxMs: number }): PacketFormat {
  return {
    ssrc: randomInt(1, 0xffff_ffff),
    payloadType,
    firstSequenceNumber: randomInt(0x1_0000),
    playoutDelay: { ...playoutDelay, extensionId: playoutDelayId },
  };
}

/**
 * For the worker's producer. No `nack`: between the two processes of one machine nothing is lost that could be asked
 * for again. Sender reports are not needed either: the worker makes its own for what it sends on, by when a packet
 * came, and there is no sound yet to be in step with.
 */
export function producerParameters({ ssrc }: PacketFormat): types.RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'video/H264',
        payloadType,
        clockRate: 90_000,
        parameters: h264Parameters,
        rtcpFeedback: [
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
        ],
      },
    ],
    headerExtensions: [{ uri: playoutDelayUri, id: playoutDelayId }],
    encodings: [{ ssrc }],
    rtcp: { cname: 'relay' },
  };
}

/**
 * For the consumer on an uplink: retransmission, and of the extensions only the playout delay. With transport-wide
 * feedback the worker would probe for bandwidth, and nobody here could send less.
 */
export function consumerCapabilities({ codecs, headerExtensions }: types.RtpCapabilities): types.RtpCapabilities {
  return {
    ...(codecs === undefined ? {} : { codecs }),
    headerExtensions: (headerExtensions ?? []).filter(({ uri }) => uri === playoutDelayUri),
  };
}
