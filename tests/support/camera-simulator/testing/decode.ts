import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runProcess } from '../clips/runProcess.ts';
import type { StampPicture } from '../stamp.ts';

export interface DecodeOptions {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Where ffmpeg reads from: an address with its options, or standard input. */
  readonly input: readonly string[];
  readonly bytes?: Buffer;
}

/** Decodes pictures to their luma with Debian's ffmpeg; whatever it complains about is an error. */
export async function decode({ width, height, frames, input, bytes }: DecodeOptions): Promise<StampPicture[]> {
  const args = ['-hide_banner', '-loglevel', 'warning', '-xerror', ...input, '-frames:v', String(frames)];
  const output = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, 'pipe:1'];
  const child = spawn('ffmpeg', [...args, ...output], { stdio: ['pipe', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0 || complaint !== '') throw new Error(`ffmpeg ended with ${String(code)}: ${complaint}`);
  const planes = Buffer.concat(chunks);
  const luma = width * height;
  const size = luma * 1.5;
  return Array.from({ length: Math.floor(planes.length / size) }, (_, index) => ({
    width,
    height,
    data: planes.subarray(index * size, index * size + luma),
  }));
}

/** Plays a stream with ffmpeg to nowhere; rejects when it reports an error. */
export async function playWithFfmpeg(uri: string, transport: 'tcp' | 'udp', frames: number): Promise<void> {
  const input = ['-rtsp_transport', transport, '-i', uri];
  const output = ['-frames:v', String(frames), '-f', 'null', '-'];
  await runProcess('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-xerror', ...input, ...output]).finished;
}
