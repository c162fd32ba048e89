import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { MaskPolygon } from '@commonsight/types/relay/masks';
import { nal, typeOf } from '../ingest/nalUnits.ts';
import type { PictureSize } from '../ingest/readSps.ts';
import { flvHeader, flvParameterSets, flvPicture, FlvReader } from './flv.ts';
import { maskArguments } from './maskArguments.ts';
import { MaskProcess } from './MaskProcess.ts';

const framesPerSecond = 30;
const clipSeconds = 10;
/** In which Linux counts processor time. */
const tickMs = 10;
/** What is left for the rest of the relay, and for pictures that are harder than the measured ones. */
const usableShare = 0.6;

const polygons: MaskPolygon[] = [
  [
    [0, 0.2],
    [0.4, 0.2],
    [0.3, 0.9],
    [0, 0.9],
  ],
  [
    [0.6, 0.1],
    [0.9, 0.3],
    [0.7, 0.6],
  ],
];

interface Clip {
  parameterSets: readonly Buffer[];
  readonly pictures: (readonly Buffer[])[];
}

/** Masks a made-up clip as fast as this machine can, and says what that takes, in lines to print. Throws without ffmpeg. */
export async function measureMasking(size: PictureSize): Promise<string[]> {
  const clip = await makeClip(size);
  const { pictures, elapsedMs, processorMs } = await maskAll(clip, size);
  const rate = (pictures * 1000) / elapsedMs;
  const share = (processorMs / pictures / 1000) * framesPerSecond;
  const cores = availableParallelism();
  return [
    `${size.width}x${size.height}: ${rate.toFixed(0)} pictures a second through one masking.`,
    `A stream of ${framesPerSecond} pictures a second takes ${(share * 100).toFixed(1)} % of a core.`,
    `This machine has ${cores}: RELAY_MASKED_STREAMS=${Math.floor((cores * usableShare) / share)} leaves it room for its other work.`,
  ];
}

/** Moving shapes with noise over them, which no encoder finds easy. */
async function makeClip({ width, height }: PictureSize): Promise<Clip> {
  const source = `testsrc2=size=${width}x${height}:rate=${framesPerSecond}:duration=${clipSeconds},noise=alls=6:allf=t`;
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '60', '-pix_fmt', 'yuv420p'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', source, ...encoder, '-b:v', '3M', '-f', 'flv', 'pipe:1'];
  const clip: Clip = { parameterSets: [], pictures: [] };
  const reader = new FlvReader({
    onParameterSets: (units) => {
      clip.parameterSets = units;
    },
    onPicture: (_, units) => clip.pictures.push(units),
  });
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  ffmpeg.stdout.on('data', (chunk: Buffer) => reader.take(chunk));
  await once(ffmpeg, 'close');
  if (clip.pictures.length === 0) throw new Error('ffmpeg made no pictures.');
  return clip;
}

async function maskAll(clip: Clip, size: PictureSize) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let pictures = 0;
  let startedAtMs = 0;
  const process = new MaskProcess({
    args: maskArguments(polygons, size),
    onParameterSets: () => undefined,
    onPicture: () => {
      pictures += 1;
      if (pictures === 1) startedAtMs = performance.now();
      if (pictures === clip.pictures.length) resolve();
    },
    onEnded: (reason) => reject(new Error(reason)),
  });
  process.write(flvHeader);
  const ofType = (type: number) => clip.parameterSets.filter((unit) => typeOf(unit) === type);
  process.write(flvParameterSets(ofType(nal.sps), ofType(nal.pps)));
  for (const [index, units] of clip.pictures.entries()) {
    const timeMs = 2 * Math.round((index * 500) / framesPerSecond);
    const isKeyFrame = units.some((unit) => typeOf(unit) === nal.idr);
    process.write(flvPicture(isKeyFrame && index > 0 ? timeMs + 1 : timeMs, isKeyFrame, units));
  }
  try {
    await promise;
    const elapsedMs = performance.now() - startedAtMs;
    return { pictures, elapsedMs, processorMs: await processorMsOf(process.pid) };
  } finally {
    process.close();
  }
}

/** Of a process that still runs. */
async function processorMsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
