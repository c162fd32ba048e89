import { describe, expect, it } from 'vitest';
import { playWithFfmpeg } from '../camera-simulator/testing/decode.ts';
import { startGstServer } from './startGstServer.ts';

const DEADLINE_MS = 60_000;

describe('gst-rtsp-server', () => {
  it(
    'plays over TCP and UDP and ends when it is closed',
    async () => {
      const server = await startGstServer();
      const uri = `rtsp://127.0.0.1:${server.port}${server.path}`;
      await playWithFfmpeg(uri, 'tcp', 30);
      await playWithFfmpeg(uri, 'udp', 30);
      await server.close();
      await server.close();
      await expect(playWithFfmpeg(uri, 'tcp', 1)).rejects.toThrow('refused');
    },
    DEADLINE_MS,
  );

  it.each(['basic', 'digest'] as const)(
    'asks for a password (%s)',
    async (scheme) => {
      const server = await startGstServer({ auth: { scheme, username: 'viewer', password: 'secret' } });
      const at = `127.0.0.1:${server.port}${server.path}`;
      await playWithFfmpeg(`rtsp://viewer:secret@${at}`, 'tcp', 10);
      await expect(playWithFfmpeg(`rtsp://viewer:wrong@${at}`, 'tcp', 10)).rejects.toThrow('401');
      await server.close();
    },
    DEADLINE_MS,
  );
});
