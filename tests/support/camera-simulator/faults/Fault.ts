import type { AccessUnit } from '../h264/AccessUnit.ts';
import type { RtpPacket } from '../rtp/RtpSender.ts';
import type { RtspRequest, RtspResponse } from '../rtsp/RtspMessage.ts';

/** A picture on its way to the packetiser: NAL units in the groups that may share a packet. */
export interface OutgoingPicture {
  readonly groups: readonly (readonly Buffer[])[];
  readonly isKeyFrame: boolean;
  readonly liveFrame: number;
  readonly sps: Buffer;
  readonly pps: Buffer;
}

/** Which encoding of the scene a stream sends; all but `normal` are made from it when a camera first needs them. */
export type ClipVariant = 'normal' | 'oneSlice' | 'bFrames' | 'otherSize';

/** What a fault may know and keep of the control connection that it disturbs. */
export interface FaultContext {
  /** Notes of faults on this connection, for those that act once. */
  readonly notes: Set<string>;
  /** `rtsp://host:port` as the request spelt it. */
  readonly origin: string;
  /** Whether the camera is already pulled by another connection. */
  readonly isPulledByOthers: boolean;
  expireNonces(): void;
}

/** Instead of an answer: say nothing, or close the connection. */
export type NoAnswer = 'silence' | 'hangUp';

/**
 * A way in which real cameras go wrong. Each hook is optional and changes one thing; several faults on one camera are
 * applied in the order in which they were switched on.
 */
export interface Fault {
  /** The real behaviour that it stands for. */
  readonly standsFor: string;
  /** Answers a request in place of the server; `undefined` leaves it to the server. */
  answer?(request: RtspRequest, context: FaultContext): RtspResponse | RawAnswer | NoAnswer | undefined;
  /** Changes the server's own answer. */
  amend?(response: RtspResponse, request: RtspRequest): void;
  /** Changes the lines of the SDP. */
  describe?(lines: readonly string[], width: number): string[];
  /** How the lines of the SDP end, `\r\n` as a rule. */
  readonly lineEnd?: string;
  readonly clipVariant?: ClipVariant;
  /** The variant of a moment, for streams that change while they run. */
  clipVariantAt?(liveFrame: number): ClipVariant;
  /** The frame to show when `liveFrame` is due, or `undefined` for none. */
  frameAt?(liveFrame: number): number | undefined;
  picture?(picture: OutgoingPicture, unit: AccessUnit): OutgoingPicture;
  /** Largest RTP payload in bytes for pulls over TCP. */
  readonly tcpPayloadBytes?: number;
  packets?(packets: readonly RtpPacket[]): RtpPacket[];
  timestamp?(timestamp: number, liveFrame: number): number;
  /** The wall clock that sender reports tell. */
  wallClock?(wallClockMs: number): number;
  readonly hasNoSenderReports?: boolean;
  readonly supports?: 'onlyTcp' | 'onlyUdp';
  /** The camera cuts running connections when it is switched on. */
  readonly isOffline?: boolean;
  readonly interleavedIdOffset?: number;
  readonly sendsFromOtherAddress?: boolean;
  readonly ssrc?: number;
  /** Bytes between two interleaved packets. */
  junk?(): Buffer;
  /** Ends a session that stayed silent for so long. */
  readonly sessionTimeoutMs?: number;
}

/** Bytes that are no RTSP response. */
export interface RawAnswer {
  readonly raw: string;
}
