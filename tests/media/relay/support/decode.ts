import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ReceivedPacket, picturesOf, toAnnexB } from './RtpRecord.ts';

export interface Decoded {
  /** Whole pictures that the packets held. */
  readonly sent: number;
  /** Pictures that came out of the decoder. */
  readonly decoded: number;
  /** What the decoder complained about. */
  readonly complaints: string;
}

/** Decodes what arrived, without the last picture, which may not be whole. */
export async function decode(packets: readonly ReceivedPacket[]): Promise<Decoded> {
  const pictures = picturesOf(packets).slice(0, -1);
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-f', 'h264', '-i', 'pipe:0', '-f', 'framehash', '-'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let hashes = '';
  let complaints = '';
  ffmpeg.stdout.setEncoding('utf8').on('data', (text: string) => (hashes += text));
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  ffmpeg.stdin.on('error', () => undefined);
  ffmpeg.stdin.end(toAnnexB(pictures.flat()));
  await once(ffmpeg, 'close');
  const decoded = hashes.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  return { sent: pictures.length, decoded, complaints: complaints.trim() };
}
