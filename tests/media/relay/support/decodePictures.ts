import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readStamp } from '../../../support/camera-simulator/stamp.ts';
import { picturesOf, type ReceivedPacket, toAnnexB } from './RtpRecord.ts';

/** A decoded picture of 4:2:0, 8 bits: the luma plane, then both planes of colour at half the size each way. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  /** Which frame of the camera's loop it shows. */
  readonly stamp: number | undefined;
}

/**
 * Every picture that comes out of a decoder, however damaged, in their order, brought to one size; the last one may not be
 * whole and is left out.
 */
export async function decodePictures(
  packets: readonly ReceivedPacket[],
  { width, height }: { width: number; height: number },
): Promise<DecodedPicture[]> {
  const args = ['-v', 'fatal', '-flags', 'output_corrupt', '-f', 'h264', '-i', 'pipe:0', '-fps_mode', 'passthrough'];
  const oneSize = ['-vf', `scale=${width}:${height}:flags=neighbor`];
  const ffmpeg = spawn('ffmpeg', [...args, ...oneSize, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  ffmpeg.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  ffmpeg.stdin.on('error', () => undefined);
  ffmpeg.stdin.end(toAnnexB(picturesOf(packets).slice(0, -1).flat()));
  await once(ffmpeg, 'close');
  const all = Buffer.concat(chunks);
  const pictureBytes = (width * height * 3) / 2;
  return Array.from({ length: Math.floor(all.length / pictureBytes) }, (_, index) => {
    const bytes = all.subarray(index * pictureBytes, (index + 1) * pictureBytes);
    return { width, height, bytes, stamp: readStamp({ width, height, data: bytes.subarray(0, width * height) }) };
  });
}
