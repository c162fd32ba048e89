import { execFile } from 'node:child_process';
import { longestStillBytes } from '@commonsight/types/relay/still';
import { RelayError } from '../errors.ts';
import { nal, typeOf } from '../ingest/nalUnits.ts';
import { type PictureSize, readSps } from '../ingest/readSps.ts';
import { flvHeader, flvParameterSets, flvPicture } from '../masks/flv.ts';
import { mostPixels } from '../masks/maskArguments.ts';
import type { CameraPicture } from '../masks/PictureAssembler.ts';

/** Wide enough to draw on, and small enough to travel. */
const mostWidth = 1_280;
/** Of ffmpeg's scale, best first: a picture that is too large is made again. */
const qualities = [4, 10, 20, 31];

/** A JPEG of a key frame, in its own shape and at most 1280 pixels wide. Throws `mediaUnavailable`. */
export async function makeJpeg(picture: CameraPicture, signal: AbortSignal): Promise<Buffer> {
  const { parameterSets, units } = picture;
  const ofType = (type: number) => parameterSets.filter((unit) => typeOf(unit) === type);
  const sequenceSets = ofType(nal.sps);
  const last = sequenceSets.at(-1);
  const size = last === undefined ? undefined : readSps(last);
  if (size === undefined) throw unusable();
  const input = Buffer.concat([
    flvHeader,
    flvParameterSets(sequenceSets, ofType(nal.pps)),
    flvPicture(0, true, [...parameterSets, ...units]),
  ]);
  try {
    for (const quality of qualities) {
      const jpeg = await run(argumentsFor(size, quality), input, signal);
      if (jpeg.length > 0 && jpeg.length <= longestStillBytes) return jpeg;
    }
  } catch (error) {
    throw unusable(error);
  }
  throw unusable();
}

function unusable(cause?: unknown): RelayError {
  const words = 'The relay could not make a still of this camera’s picture. It needs ffmpeg for that, 5.1 or later.';
  return new RelayError('mediaUnavailable', words, { cause });
}

/** It reads one picture from its input and writes one; it knows pipes and no other way to read or write. */
function argumentsFor(size: PictureSize, quality: number): string[] {
  const width = Math.min(mostWidth, size.width);
  // Even, as the console takes the size of masks.
  const height = Math.max(2, 2 * Math.round((size.height * width) / size.width / 2));
  return [
    `-v error -nostdin -protocol_whitelist pipe -ec 0 -max_pixels ${mostPixels} -probesize 32 -analyzeduration 0`,
    `-threads 1 -f flv -i pipe:0 -map 0:v:0 -frames:v 1 -vf scale=${width}:${height},format=yuvj420p`,
    `-c:v mjpeg -q:v ${quality} -threads 1 -f image2pipe pipe:1`,
  ].flatMap((line) => line.split(' '));
}

function run(args: readonly string[], input: Buffer, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'ffmpeg',
      args,
      {
        encoding: 'buffer',
        maxBuffer: 16 * longestStillBytes,
        signal,
        killSignal: 'SIGKILL',
        env: { PATH: process.env['PATH'] },
      },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(error);
      },
    );
    // Its input is closed when it ended, and that is told by its end.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
