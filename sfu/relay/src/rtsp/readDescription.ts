import { parse } from 'sdp-transform';
import { CameraError } from './CameraError.ts';

/** The one track that we pull: the first H264 video of a description. */
export interface VideoTrack {
  readonly payloadType: number;
  /** `a=control` of the track and of the whole; undefined when the camera gives none. */
  readonly control: string | undefined;
  readonly aggregateControl: string | undefined;
  /** NAL units of `sprop-parameter-sets` as they came. */
  readonly parameterSets: readonly Buffer[];
}

/** Descriptions have some thousand characters. Each line is held against some fifty patterns, so more is not read. */
const longestDescription = 32_768;

/**
 * Reads a camera's SDP. Much of it is written by hand: trailing spaces, a second `s=`, a broken `c=`. Lines that make no
 * sense are passed over; only what we need has to be right.
 */
export function readDescription(sdp: string): VideoTrack {
  const description = readSdp(sdp);
  const videos = (description.media ?? []).filter(({ type }) => type === 'video');
  for (const media of videos) {
    const payload = media.rtp.find(({ codec }) => /^h264$/i.test(codec))?.payload;
    if (typeof payload !== 'number' || payload < 0 || payload > 127) continue;
    const config = media.fmtp.find((fmtp) => fmtp.payload === payload)?.config;
    return {
      payloadType: payload,
      control: controlOf(media),
      aggregateControl: controlOf(description),
      parameterSets: readParameterSets(config ?? ''),
    };
  }
  const isH265 = videos.some(({ rtp }) => rtp.some(({ codec }) => /^(h265|hevc)$/i.test(codec)));
  throw new CameraError(isH265 ? 'h265Only' : 'noH264');
}

function readSdp(sdp: string): Partial<ReturnType<typeof parse>> {
  if (sdp.length > longestDescription) {
    throw new CameraError('noH264', 'Camera describes its streams at a length that is not read.');
  }
  const lines = sdp.split(/\r\n|\r|\n/).map((line) => line.trim());
  try {
    return parse(lines.join('\r\n'));
  } catch (error) {
    throw new CameraError('noH264', 'Camera describes its streams in a form that cannot be read.', { cause: error });
  }
}

/** Numbers are made of texts that look like one (`a=control:1`). */
function controlOf(part: { control?: unknown }): string | undefined {
  const { control } = part;
  if (typeof control !== 'string' && typeof control !== 'number') return undefined;
  const text = String(control).trim();
  return text === '' ? undefined : text;
}

function readParameterSets(config: string): Buffer[] {
  const sets = /(?:^|[;\s])sprop-parameter-sets\s*=\s*([^;\s]+)/i.exec(config)?.[1];
  if (sets === undefined) return [];
  return sets
    .split(',')
    .map((set) => Buffer.from(set, 'base64'))
    .filter((set) => set.length > 0);
}
