import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureClips } from './clips.ts';
import { startSimulator } from './startSimulator.ts';
import type { Simulator } from './startSimulator.ts';
import { LOOP_FRAMES, liveFrameAt, readStamp } from './stamp.ts';
import { decode, playWithFfmpeg } from './testing/decode.ts';
import { sequenceNumberOf, timestampOf } from './testing/depacketise.ts';
import { RawRtspConnection } from './testing/RawRtspConnection.ts';

const CLIP_DEADLINE_MS = 180_000;
const TCP = { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' };

let simulator: Simulator;
let uri: string;

beforeAll(async () => {
  await ensureClips({ scenes: [1] });
  simulator = await startSimulator({ cameras: [{ name: 'cam1', scene: 1 }] });
  uri = `rtsp://127.0.0.1:${simulator.port}/cam1/sub`;
}, CLIP_DEADLINE_MS);

afterAll(async () => simulator.close());

describe('RTSP', () => {
  it('goes through OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER and TEARDOWN', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    const options = await connection.request('OPTIONS', uri);
    expect(options.status).toBe(200);
    expect(options.headers.get('public')).toContain('GET_PARAMETER');
    expect(options.headers.get('cseq')).toBe('1');

    const described = await connection.request('DESCRIBE', uri, { Accept: 'application/sdp' });
    expect(described.headers.get('content-type')).toBe('application/sdp');
    expect(described.headers.get('content-base')).toBe(`${uri}/`);
    expect(described.body).toContain('m=video 0 RTP/AVP 96\r\n');
    expect(described.body).toMatch(/profile-level-id=42C0\w\w;sprop-parameter-sets=Z[\w+/=]+,[\w+/=]+\r\n/);

    const setUp = await connection.request('SETUP', `${uri}/trackID=1`, TCP);
    expect(setUp.headers.get('transport')).toMatch(/^RTP\/AVP\/TCP;unicast;interleaved=0-1;ssrc=[0-9A-F]{8}/);
    expect(setUp.headers.get('session')).toMatch(/^\d{8};timeout=60$/);
    expect(simulator.camera('cam1').counters.openSessions).toBe(1);
    expect(connection.packets).toHaveLength(0);

    const played = await connection.request('PLAY', uri);
    await connection.until(() => connection.pictures.length > 5);
    const [first] = connection.pictures[0] ?? [];
    const rtpInfo = played.headers.get('rtp-info') ?? '';
    expect(rtpInfo).toContain(`seq=${first === undefined ? '' : sequenceNumberOf(first)};`);
    expect(simulator.camera('cam1').counters.openPulls).toEqual({ main: 0, sub: 1 });

    expect((await connection.request('GET_PARAMETER', uri)).status).toBe(200);
    expect(simulator.camera('cam1').counters.keepAlives).toBe(1);
    expect((await connection.request('TEARDOWN', uri)).status).toBe(200);
    expect(simulator.camera('cam1').counters.openPulls).toEqual({ main: 0, sub: 0 });
    connection.close();
  });

  it('refuses what it does not know', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    const unknown = `rtsp://127.0.0.1:${simulator.port}/cam2/sub`;
    expect((await connection.request('DESCRIBE', unknown)).status).toBe(404);
    expect((await connection.request('RECORD', uri)).status).toBe(405);
    expect((await connection.request('PLAY', uri)).status).toBe(454);
    expect((await connection.request('SETUP', uri, { Transport: 'RTP/AVP;multicast' })).status).toBe(461);
    connection.close();
  });

  it('counts picture-loss indications and ignores them', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    await connection.play(uri);
    const before = simulator.counters.plisReceived;
    connection.sendInterleaved(1, Buffer.from([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]));
    await connection.request('OPTIONS', uri);
    expect(simulator.counters.plisReceived).toBe(before + 1);
    connection.close();
  });

  it('shows all connections the same moment', async () => {
    const [one, other] = await Promise.all([
      RawRtspConnection.create(simulator.port),
      RawRtspConnection.create(simulator.port),
    ]);
    await one.play(uri);
    await one.until(() => one.pictures.length > 3);
    await other.play(uri);
    await other.until(() => other.pictures.length > 5);
    const newest = other.pictures.at(-1)?.[0] ?? Buffer.alloc(0);
    const isThere = (): boolean => one.pictures.some(([packet]) => packet?.equals(newest) === true);
    await one.until(isThere);
    expect(isThere()).toBe(true);
    one.close();
    other.close();
  });

  it('drops its connections and is there again at once', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    await connection.play(uri);
    simulator.camera('cam1').drop();
    await expect(connection.until(() => false)).rejects.toThrow('closed the connection');
    const next = await RawRtspConnection.create(simulator.port);
    await next.play(uri);
    await next.until(() => next.pictures.length > 0);
    next.close();
  });
});

describe('ffmpeg', () => {
  it.each(['tcp', 'udp'] as const)(
    'plays both streams over %s',
    async (transport) => {
      for (const stream of ['main', 'sub']) {
        await playWithFfmpeg(`rtsp://127.0.0.1:${simulator.port}/cam1/${stream}`, transport, 60);
      }
      expect(simulator.counters.startedPulls.main).toBeGreaterThan(0);
    },
    60_000,
  );

  it.each(['tcp', 'udp'] as const)(
    'decodes stamps over %s that follow each other',
    async (transport) => {
      const pictures = await decode({
        width: 640,
        height: 360,
        frames: 45,
        input: ['-rtsp_transport', transport, '-i', uri],
      });
      const stamps = pictures.map(readStamp);
      expect(stamps).toHaveLength(45);
      for (let index = 1; index < stamps.length; index += 1) {
        expect(stamps[index]).toBe(((stamps[index - 1] ?? NaN) + 1) % LOOP_FRAMES);
      }
    },
    60_000,
  );
});

describe('the grid of frames', () => {
  it('hands each frame to the network when it is due, never before', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    await connection.play(uri);
    await connection.until(() => connection.pictures.length > 0 && connection.rtcp.length > 0);
    const report = connection.rtcp[0] ?? Buffer.alloc(28);
    const dueMs = (report.readUInt32BE(8) - 2_208_988_800 + report.readUInt32BE(12) / 2 ** 32) * 1000;
    const dueFrame = liveFrameAt(dueMs + 0.5);
    const reportTimestamp = report.readUInt32BE(16);
    await connection.until(() => connection.pictures.length > 20);
    const last = connection.pictures.at(-1)?.[0] ?? Buffer.alloc(12);
    const frame = dueFrame + ((timestampOf(last) - reportTimestamp + 2 ** 32) % 2 ** 32) / 3000;
    expect(frame).toBeLessThanOrEqual(liveFrameAt(Date.now()));
    connection.close();
  });
});
