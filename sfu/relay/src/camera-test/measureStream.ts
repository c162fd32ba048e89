import type { MeasuredStream } from '@commonsight/types/relay/camera-entry';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { TransportPreference } from '../ingest/TransportPreference.ts';
import type { CameraAddress } from '../rtsp/CameraAddress.ts';
import { CameraError, toCameraError } from '../rtsp/CameraError.ts';
import type { VideoTrack } from '../rtsp/readDescription.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import { RtspSession } from '../rtsp/RtspSession.ts';
import type { SignInRule } from '../rtsp/SignInRule.ts';
import { UnsupportedTransportError } from '../rtsp/UnsupportedTransportError.ts';
import { pause } from '../pause.ts';
import { StreamGauge } from './StreamGauge.ts';

export interface MeasureTimings {
  readonly answerTimeoutMs: number;
  /** A stream is played at least so long. */
  readonly shortestMs: number;
  /** And longer until it has shown enough key frames, but not beyond this. */
  readonly longestMs: number;
  readonly silentAfterMs: number;
  readonly checkIntervalMs: number;
}

/** From the first of these to the last: two whole intervals. */
const wantedKeyFrames = 3;

export interface MeasureOptions {
  readonly kind: StreamKind;
  readonly camera: CameraAddress;
  readonly rules: AddressRules;
  readonly signInRule: SignInRule;
  readonly timings: MeasureTimings;
  readonly signal: AbortSignal;
}

/** Plays a stream for some seconds and says what it is. A fault is an answer too: it throws when it is aborted, and then alone. */
export async function measureStream(options: MeasureOptions): Promise<MeasuredStream> {
  const { kind, camera, signal } = options;
  let fault = new CameraError('noPackets');
  for (const transport of new TransportPreference().order(camera.transport)) {
    try {
      const measured = await play(options, transport);
      if (measured !== undefined) return measured;
      fault = new CameraError('noPackets');
    } catch (error) {
      signal.throwIfAborted();
      fault = toCameraError(error);
      if (!(error instanceof UnsupportedTransportError)) break;
    }
  }
  return { ...nothing, kind, codec: fault.fault === 'h265Only' ? 'H265' : nothing.codec, fault: wordsOf(fault) };
}

const nothing = {
  codec: null,
  width: null,
  height: null,
  framesPerSecond: null,
  keyFrameSeconds: null,
  repeatsParameterSets: null,
  hasBFrames: false,
  transport: null,
  kilobitsPerSecond: null,
  seconds: 0,
};

/** Undefined when no packet came: over the other transport one may. */
async function play(options: MeasureOptions, transport: 'tcp' | 'udp'): Promise<MeasuredStream | undefined> {
  const { kind, camera, rules, signInRule, timings, signal } = options;
  let gauge: StreamGauge | undefined;
  const lost: CameraError[] = [];
  const session = await RtspSession.open({
    camera,
    transport,
    rules,
    signInRule,
    answerTimeoutMs: timings.answerTimeoutMs,
    signal,
    onTrack: (track: VideoTrack) => (gauge = new StreamGauge(track)),
    onRtp: (bytes, start, end, arrivedAtMs) => gauge?.takePacket(bytes, start, end, arrivedAtMs),
    onLost: (error) => lost.push(error),
  });
  const startedAtMs = performance.now();
  const elapsedMs = () => performance.now() - startedAtMs;
  try {
    while (lost.length === 0 && elapsedMs() < timings.longestMs) {
      await pause(timings.checkIntervalMs, signal);
      signal.throwIfAborted();
      if (gauge?.packets === 0 && elapsedMs() >= timings.silentAfterMs) return undefined;
      if ((gauge?.keyFrames ?? 0) >= wantedKeyFrames && elapsedMs() >= timings.shortestMs) break;
    }
  } finally {
    await session.close();
  }
  if (gauge === undefined || gauge.packets === 0) return undefined;
  return toMeasure(kind, transport, gauge, elapsedMs(), lost[0]);
}

function toMeasure(
  kind: StreamKind,
  transport: 'tcp' | 'udp',
  gauge: StreamGauge,
  elapsedMs: number,
  lost: CameraError | undefined,
): MeasuredStream {
  const { size, framesPerSecond, keyFrameSeconds, repeatsParameterSets, hasBFrames, kilobitsPerSecond } = gauge;
  const fault = lost ?? (gauge.keyFrames === 0 || size === undefined ? new CameraError('noKeyFrame') : undefined);
  return {
    kind,
    codec: 'H264',
    width: size?.width ?? null,
    height: size?.height ?? null,
    framesPerSecond,
    keyFrameSeconds,
    repeatsParameterSets,
    hasBFrames,
    transport,
    kilobitsPerSecond,
    seconds: Math.round(elapsedMs / 100) / 10,
    fault: fault === undefined ? null : wordsOf(fault),
  };
}

/** A fault as it travels: without an address and without a password. */
export function wordsOf({ fault, message }: CameraError): { code: CameraError['fault']; message: string } {
  return { code: fault, message };
}
