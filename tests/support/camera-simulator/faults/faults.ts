import { audFirst } from './audFirst.ts';
import { bFrames } from './bFrames.ts';
import { brokenContentBase } from './brokenContentBase.ts';
import { caseSensitiveCSeq } from './caseSensitiveCSeq.ts';
import { clockJumps } from './clockJumps.ts';
import { clockTenTimesTooFast } from './clockTenTimesTooFast.ts';
import { clockYearsOff } from './clockYearsOff.ts';
import { h265Only } from './h265Only.ts';
import { halfOpen } from './halfOpen.ts';
import { hugePackets } from './hugePackets.ts';
import { invalidSdp } from './invalidSdp.ts';
import { junkBetweenFrames } from './junkBetweenFrames.ts';
import { keyFrameInOnePacket } from './keyFrameInOnePacket.ts';
import { markerOnSps } from './markerOnSps.ts';
import { noH264 } from './noH264.ts';
import { noSenderReports } from './noSenderReports.ts';
import { noServerPort } from './noServerPort.ts';
import { nonceExpires } from './nonceExpires.ts';
import { notRtsp } from './notRtsp.ts';
import { offline } from './offline.ts';
import { oneSlice } from './oneSlice.ts';
import { onlyTcp } from './onlyTcp.ts';
import { onlyUdp } from './onlyUdp.ts';
import { otherInterleavedIds } from './otherInterleavedIds.ts';
import { otherTracks } from './otherTracks.ts';
import { parameterSetsEvery30Seconds } from './parameterSetsEvery30Seconds.ts';
import { parameterSetsOnlyInBand } from './parameterSetsOnlyInBand.ts';
import { parameterSetsOnlyInSdp } from './parameterSetsOnlyInSdp.ts';
import { redirects } from './redirects.ts';
import { redirectsElsewhere } from './redirectsElsewhere.ts';
import { redirectsForEver } from './redirectsForEver.ts';
import { relativeControlWithSlash } from './relativeControlWithSlash.ts';
import { repeatsOneFrame } from './repeatsOneFrame.ts';
import { resolutionChange } from './resolutionChange.ts';
import { rtpFromOtherAddress } from './rtpFromOtherAddress.ts';
import { secondSessionRefused } from './secondSessionRefused.ts';
import { sessionTimeout } from './sessionTimeout.ts';
import { ssrcWithoutLeadingZeros } from './ssrcWithoutLeadingZeros.ts';
import { stops } from './stops.ts';
import { unknownDigestAlgorithm } from './unknownDigestAlgorithm.ts';
import { wrongProfileLevelId } from './wrongProfileLevelId.ts';
import type { Fault } from './Fault.ts';

/** Every fault by its name; what each stands for is written in its own file. */
export const FAULTS = {
  audFirst,
  bFrames,
  brokenContentBase,
  caseSensitiveCSeq,
  clockJumps,
  clockTenTimesTooFast,
  clockYearsOff,
  h265Only,
  halfOpen,
  hugePackets,
  invalidSdp,
  junkBetweenFrames,
  keyFrameInOnePacket,
  markerOnSps,
  noH264,
  noSenderReports,
  noServerPort,
  nonceExpires,
  notRtsp,
  offline,
  oneSlice,
  onlyTcp,
  onlyUdp,
  otherInterleavedIds,
  otherTracks,
  parameterSetsEvery30Seconds,
  parameterSetsOnlyInBand,
  parameterSetsOnlyInSdp,
  redirects,
  redirectsElsewhere,
  redirectsForEver,
  relativeControlWithSlash,
  repeatsOneFrame,
  resolutionChange,
  rtpFromOtherAddress,
  secondSessionRefused,
  sessionTimeout,
  ssrcWithoutLeadingZeros,
  stops,
  unknownDigestAlgorithm,
  wrongProfileLevelId,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
