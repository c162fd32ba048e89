import type { MaskPolygon } from '@commonsight/types/relay/masks';
import type { PictureSize } from '../ingest/readSps.ts';
import { maskBoxes } from './maskBoxes.ts';

/** Grey, so that nobody takes a mask for a dark picture. */
const maskColour = '0x404040';
/** Bits a second for each pixel of the picture: 3.7 Mbit/s at 1280x720. This encoder is fast, not thrifty. */
const mostBitsPerPixel = 4;
/** Whatever the size: what a site's line to the SFU, and the SFU for each viewer, can be expected to carry. */
const mostBitsPerStream = 12_000_000;
/** Of the largest picture that is masked: level 5.2 of H.264, such as 4096x2304. What is larger takes gigabytes. */
export const mostMacroblocks = 36_864;
export const mostPixels = mostMacroblocks * 16 * 16;

/**
 * The arguments with which ffmpeg reads FLV from its input, masks, and writes FLV to its output. The masks are part of
 * the one way from decoder to encoder: without them ffmpeg does not start. A picture of another size than `size` is brought
 * to it first; it is one of several that the camera announces, all of one shape, so that the masks hide the same part.
 * Throws when nothing is hidden. It knows pipes and no other way to read or write, whatever its input asks for.
 *
 * Errors are not concealed (`-ec 0`): what a camera leaves out of a picture stays as it was at that place, which the same
 * masks cover, in place of a guess from elsewhere that could bring beside a mask what lies behind it.
 *
 * Timestamps are milliseconds; a picture whose timestamp is odd becomes a key frame, and no other one but the first.
 */
export function maskArguments(polygons: readonly MaskPolygon[], size: PictureSize): string[] {
  const width = size.width - (size.width % 2);
  const height = size.height - (size.height % 2);
  const boxes = maskBoxes(polygons, { width, height });
  if (boxes.length === 0) throw new Error('The masks hide nothing of the picture.');
  const filters = [
    `scale=${width}:${height}`,
    'format=yuv420p|yuvj420p',
    ...boxes.map((box) => `drawbox=x=${box.x}:y=${box.y}:w=${box.width}:h=${box.height}:color=${maskColour}:t=fill`),
  ];
  const mostBits = Math.min(width * height * mostBitsPerPixel, mostBitsPerStream);
  return [
    '-v error -nostdin -copyts -filter_threads 1',
    `-protocol_whitelist pipe -flags low_delay -ec 0 -max_pixels ${mostPixels} -probesize 32 -analyzeduration 0`,
    '-threads 1 -f flv -i pipe:0',
    `-map 0:v:0 -vf ${filters.join(',')} -fps_mode passthrough -enc_time_base 1/1000`,
    '-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -threads 1',
    `-bf 0 -x264-params keyint=infinite -crf 25 -maxrate ${mostBits} -bufsize ${mostBits / 2}`,
    '-forced-idr 1 -force_key_frames expr:eq(mod(round(t*1000),2),1)',
    '-f flv -flvflags no_duration_filesize+no_metadata -flush_packets 1 pipe:1',
  ].flatMap((line) => line.split(' '));
}
