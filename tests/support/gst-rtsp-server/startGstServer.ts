import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const readySchema = z.object({ port: z.number().int().positive() });

export interface GstServerSettings {
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly auth?: { readonly scheme: 'basic' | 'digest'; readonly username: string; readonly password: string };
  /** Whether SPS and PPS come before each key frame (the default) or only in the SDP. */
  readonly areParameterSetsInBand?: boolean;
}

export interface GstServer {
  readonly port: number;
  /** Path of the stream, such as `/live`. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Starts Debian's gst-rtsp-server with a live H264 picture on a free loopback port. It needs the packages
 * python3-gi, gir1.2-gst-rtsp-server-1.0, gstreamer1.0-rtsp and gstreamer1.0-plugins-{base,good,bad,ugly}.
 */
export async function startGstServer(settings: GstServerSettings = {}): Promise<GstServer> {
  const { path = '/live', width = 640, height = 360, auth, areParameterSetsInBand = true } = settings;
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'server.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(
    () => undefined,
    () => undefined,
  );
  child.stdin.write(`${JSON.stringify({ path, width, height, auth, parameterSetsInBand: areParameterSetsInBand })}\n`);

  const lines = createInterface({ input: child.stdout });
  const firstLine = once(lines, 'line').then(([line]: unknown[]) => line);
  const answer = await Promise.race([firstLine, ended]);
  if (typeof answer !== 'string') throw new Error(`The GStreamer RTSP server did not start: ${complaint.trim()}`);
  const { port } = readySchema.parse(JSON.parse(answer));
  return {
    port,
    path,
    close: async () => {
      // The server ends by itself when its input does; a pipeline that hangs must not keep it.
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
