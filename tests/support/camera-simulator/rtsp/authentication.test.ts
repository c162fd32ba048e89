import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureClips } from '../clips.ts';
import { startSimulator } from '../startSimulator.ts';
import type { Simulator } from '../startSimulator.ts';
import { authorize } from '../testing/authorize.ts';
import { RawRtspConnection } from '../testing/RawRtspConnection.ts';
import { playWithFfmpeg } from '../testing/decode.ts';
import type { CameraAuth } from './authentication.ts';

const PASSWORDS = { cam1: 'secret', cam2: '', cam3: 'p%a#s:s w@rd/?' } as const;
const SCHEMES: Readonly<Record<string, CameraAuth['schemes']>> = {
  cam1: ['digest-sha-256', 'digest-md5'],
  cam2: ['digest-md5'],
  cam3: ['basic', 'digest-md5'],
};

let simulator: Simulator;
const uriOf = (name: string): string => `rtsp://127.0.0.1:${simulator.port}/${name}/sub`;

beforeAll(async () => {
  await ensureClips({ scenes: [1] });
  simulator = await startSimulator({
    cameras: Object.entries(PASSWORDS).map(([name, password]) => ({
      name,
      scene: 1,
      auth: { username: 'viewer', password, schemes: SCHEMES[name] ?? [] },
    })),
  });
}, 180_000);

afterAll(async () => simulator.close());

describe('login', () => {
  it.each([
    ['cam1', 'algorithm=SHA-256'],
    ['cam1', 'algorithm=MD5'],
    ['cam2', 'Digest'],
    ['cam3', 'Basic'],
    ['cam3', 'Digest'],
  ] as const)(
    '%s accepts %s',
    async (name, scheme) => {
      const connection = await RawRtspConnection.create(simulator.port);
      const uri = uriOf(name);
      const refused = await connection.request('DESCRIBE', uri);
      expect(refused.status).toBe(401);
      const challenge = refused.challenges.find((value) => value.includes(scheme)) ?? '';
      const credentials = { username: 'viewer', password: PASSWORDS[name] };
      const right = { Authorization: authorize(challenge, 'DESCRIBE', uri, credentials) };
      const wrong = { Authorization: authorize(challenge, 'DESCRIBE', uri, { username: 'viewer', password: 'other' }) };
      expect((await connection.request('DESCRIBE', uri, wrong)).status).toBe(401);
      expect((await connection.request('DESCRIBE', uri, right)).status).toBe(200);
      // An answer holds for its method only.
      expect((await connection.request('SETUP', uri, right)).status).toBe(
        name === 'cam3' && scheme === 'Basic' ? 461 : 401,
      );
      connection.close();
    },
    180_000,
  );

  it('offers what the camera is set to, in that order', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    const challenges = (await connection.request('DESCRIBE', uriOf('cam1'))).challenges;
    expect(challenges.map((value) => /algorithm=(\S+)/.exec(value)?.[1])).toEqual(['SHA-256', 'MD5']);
    connection.close();
  });

  it('lets ffmpeg in with a password that must be escaped in an address, and counts who had a wrong one', async () => {
    const host = `127.0.0.1:${simulator.port}`;
    await playWithFfmpeg(`rtsp://viewer:${encodeURIComponent(PASSWORDS.cam3)}@${host}/cam3/sub`, 'tcp', 10);
    await expect(playWithFfmpeg(`rtsp://viewer:wrong@${host}/cam2/sub`, 'tcp', 10)).rejects.toThrow('401');
    expect(simulator.camera('cam2').counters.refusedLogins).toBeGreaterThan(0);
  }, 60_000);
});
