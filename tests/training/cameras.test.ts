import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureClips } from '../support/camera-simulator/clips.ts';
import { RawRtspConnection } from '../support/camera-simulator/testing/RawRtspConnection.ts';
import { authorize } from '../support/camera-simulator/testing/authorize.ts';

const CLIP_DEADLINE_MS = 180_000;

function startCameras(settings: Readonly<Record<string, string>>): ChildProcess {
  const env = { ...process.env, CAMERAS_COUNT: '1', CAMERAS_PASSWORD: 'p%w#d', ...settings };
  return spawn(process.execPath, [join(import.meta.dirname, 'cameras.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function firstText(child: ChildProcess, stream: 'stdout' | 'stderr'): Promise<string> {
  const source = child[stream];
  if (source === null) throw new Error('The process has no such stream.');
  const [text]: unknown[] = await once(source, 'data');
  return String(text);
}

it(
  'serves the training cameras on one port until SIGTERM',
  async () => {
    await ensureClips({ scenes: [1] });
    const cameras = startCameras({ CAMERAS_PORT: '0' });
    const ready: unknown = JSON.parse(await firstText(cameras, 'stdout'));
    expect(ready).toEqual({ ready: true, port: expect.any(Number) });
    const { port } = ready as { port: number };

    const connection = await RawRtspConnection.create(port);
    const uri = `rtsp://127.0.0.1:${port}/cam1/sub`;
    const { challenges } = await connection.request('DESCRIBE', uri);
    expect(challenges).toHaveLength(2);
    const credentials = { username: 'viewer', password: 'p%w#d' };
    for (const challenge of challenges) {
      const answer = { Authorization: authorize(challenge, 'DESCRIBE', uri, credentials) };
      expect((await connection.request('DESCRIBE', uri, answer)).status).toBe(200);
    }

    const second = startCameras({ CAMERAS_PORT: String(port) });
    expect(await firstText(second, 'stderr')).toBe(`The training cameras cannot start: port ${port} is taken.\n`);

    const ended = once(cameras, 'exit');
    cameras.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
  CLIP_DEADLINE_MS,
);

it('names a setting that is wrong', async () => {
  expect(await firstText(startCameras({ CAMERAS_PORT: 'many' }), 'stderr')).toContain('CAMERAS_PORT');
});
