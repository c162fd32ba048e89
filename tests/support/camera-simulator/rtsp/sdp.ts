import type { ParsedClip } from '../h264/AccessUnit.ts';

export interface StreamDescription {
  readonly clip: ParsedClip;
  readonly width: number;
  readonly height: number;
  readonly kilobitsPerSecond: number;
}

/** The SDP's lines without line ends, in the order that cameras use. */
export function sdpLines({ clip, width, height, kilobitsPerSecond }: StreamDescription): string[] {
  const profileLevelId = clip.sps.subarray(1, 4).toString('hex').toUpperCase();
  const parameterSets = `${clip.sps.toString('base64')},${clip.pps.toString('base64')}`;
  return [
    'v=0',
    'o=- 1116907222 1 IN IP4 127.0.0.1',
    's=Media Presentation',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'a=control:*',
    'a=range:npt=now-',
    'm=video 0 RTP/AVP 96',
    `b=AS:${kilobitsPerSecond}`,
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profileLevelId};sprop-parameter-sets=${parameterSets}`,
    `a=x-dimensions:${width},${height}`,
    'a=framerate:30',
    'a=recvonly',
    'a=control:trackID=1',
  ];
}
