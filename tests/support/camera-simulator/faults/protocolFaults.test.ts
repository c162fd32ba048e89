import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureClips } from '../clips.ts';
import { startSimulator } from '../startSimulator.ts';
import type { Simulator } from '../startSimulator.ts';
import { RawRtspConnection } from '../testing/RawRtspConnection.ts';
import type { RawResponse } from '../testing/RawRtspConnection.ts';
import { authorize } from '../testing/authorize.ts';
import type { FaultName } from './faults.ts';

const TCP = { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' };
const CLIP_DEADLINE_MS = 180_000;
const SILENCE_MS = 300;
const CREDENTIALS = { username: 'viewer', password: 'secret' };

interface Attempt {
  readonly connection: RawRtspConnection;
  readonly uri: string;
}

let simulator: Simulator;
const uriOf = (name: string): string => `rtsp://127.0.0.1:${simulator.port}/${name}/sub`;

beforeAll(async () => {
  await ensureClips({ scenes: [1] });
  simulator = await startSimulator({
    cameras: [
      { name: 'cam1', scene: 1 },
      { name: 'guarded', scene: 1, auth: { ...CREDENTIALS, schemes: ['digest-md5'] } },
    ],
  });
}, CLIP_DEADLINE_MS);

afterAll(async () => simulator.close());

/** Runs with the fault switched on, on a connection of its own, and switches it off again. */
async function withFault(
  faults: readonly FaultName[],
  attempt: (attempt: Attempt) => Promise<void>,
  name = 'cam1',
): Promise<void> {
  await simulator.camera(name).setFaults(...faults);
  const connection = await RawRtspConnection.create(simulator.port);
  try {
    await attempt({ connection, uri: uriOf(name) });
  } finally {
    connection.close();
    await simulator.camera(name).setFaults();
  }
}

/** The answer to DESCRIBE, or to SETUP over TCP, while the fault is on. */
async function answerTo(fault: FaultName, method: 'DESCRIBE' | 'SETUP'): Promise<RawResponse> {
  await simulator.camera('cam1').setFaults(fault);
  const connection = await RawRtspConnection.create(simulator.port);
  try {
    return await connection.request(method, uriOf('cam1'), method === 'SETUP' ? TCP : {});
  } finally {
    connection.close();
    await simulator.camera('cam1').setFaults();
  }
}

/** SETUP over UDP, PLAY, and the address of the first RTP packet. */
async function playOverUdp({ connection, uri }: Attempt): Promise<{ setUp: RawResponse; from: string }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  try {
    const { port } = socket.address();
    const setUp = await connection.request('SETUP', uri, {
      Transport: `RTP/AVP;unicast;client_port=${port}-${port + 1}`,
    });
    const arrival = once(socket, 'message');
    await connection.request('PLAY', uri);
    const [, from]: unknown[] = await arrival;
    return { setUp, from: (from as { address: string }).address };
  } finally {
    socket.close();
  }
}

describe('a fault in the protocol', () => {
  it('parameterSetsOnlyInBand', async () => {
    const { body } = await answerTo('parameterSetsOnlyInBand', 'DESCRIBE');
    expect(body).toContain('packetization-mode=1');
    expect(body).not.toContain('sprop-parameter-sets');
  });

  it('wrongProfileLevelId', async () => {
    const { body } = await answerTo('wrongProfileLevelId', 'DESCRIBE');
    expect(body).toContain('profile-level-id=640033;');
  });

  it('invalidSdp', async () => {
    const { body } = await answerTo('invalidSdp', 'DESCRIBE');
    expect(body.match(/^s=/gm)).toHaveLength(2);
    expect(body).toContain('c=IN IP4 \n');
    expect(body).not.toContain('\r');
  });

  it('brokenContentBase', async () => {
    const { headers } = await answerTo('brokenContentBase', 'DESCRIBE');
    expect(headers.get('content-base')).toBe('rtsp://0.0.0.0:0/');
  });

  it('relativeControlWithSlash', () =>
    withFault(['relativeControlWithSlash'], async ({ connection, uri }) => {
      expect((await connection.request('DESCRIBE', uri)).body).toContain('a=control:/trackID=1\r\n');
      expect((await connection.request('SETUP', `rtsp://127.0.0.1:${simulator.port}/trackID=1`, TCP)).status).toBe(404);
      expect((await connection.request('SETUP', `${uri}//trackID=1`, TCP)).status).toBe(200);
    }));

  it('h265Only', async () => {
    const { body } = await answerTo('h265Only', 'DESCRIBE');
    expect(body).toContain('H265/90000');
    expect(body).not.toContain('H264');
  });

  it('noH264', async () => {
    const { body } = await answerTo('noH264', 'DESCRIBE');
    expect(body).toContain('JPEG/90000');
    expect(body).not.toMatch(/H26[45]/);
  });

  it('otherTracks', async () => {
    const { body } = await answerTo('otherTracks', 'DESCRIBE');
    expect(body.match(/^m=\w+/gm)).toEqual(['m=audio', 'm=video', 'm=application']);
  });

  it('otherInterleavedIds', () =>
    withFault(['otherInterleavedIds'], async ({ connection, uri }) => {
      await connection.play(uri);
      await connection.until(() => connection.packets.length > 5);
      expect(connection.packets.every(({ channel }) => channel === 4 || channel === 5)).toBe(true);
    }));

  it('noServerPort', () =>
    withFault(['noServerPort'], async (attempt) => {
      const { setUp } = await playOverUdp(attempt);
      expect(setUp.headers.get('transport')).toContain('client_port=');
      expect(setUp.headers.get('transport')).not.toContain('server_port');
    }));

  it('rtpFromOtherAddress', () =>
    withFault(['rtpFromOtherAddress'], async (attempt) => {
      expect((await playOverUdp(attempt)).from).toBe('127.0.0.2');
    }));

  it('ssrcWithoutLeadingZeros', async () => {
    const { headers } = await answerTo('ssrcWithoutLeadingZeros', 'SETUP');
    expect(headers.get('transport')).toMatch(/;ssrc=BC3D4;/);
  });

  it('nonceExpires', () =>
    withFault(
      ['nonceExpires'],
      async ({ connection, uri }) => {
        const challenge = async (method: string): Promise<string> =>
          (await connection.request(method, uri, TCP)).challenges[0] ?? '';
        const first = await challenge('DESCRIBE');
        const authorized = (method: string, to: string): Promise<RawResponse> =>
          connection.request(method, uri, { ...TCP, Authorization: authorize(to, method, uri, CREDENTIALS) });
        expect((await authorized('DESCRIBE', first)).status).toBe(200);
        const refused = await authorized('SETUP', first);
        expect(refused.status).toBe(401);
        expect((await authorized('SETUP', refused.challenges[0] ?? '')).status).toBe(200);
      },
      'guarded',
    ));

  it('unknownDigestAlgorithm', async () => {
    const { status, challenges } = await answerTo('unknownDigestAlgorithm', 'DESCRIBE');
    expect(status).toBe(401);
    expect(challenges).toEqual([expect.stringContaining('algorithm=SHA3-512')]);
  });

  it('sessionTimeout', () =>
    withFault(['sessionTimeout'], async ({ connection, uri }) => {
      await connection.play(uri);
      const keptAliveFrom = Date.now();
      while (Date.now() - keptAliveFrom < 2500) {
        const pictures = connection.pictures.length;
        await connection.until(() => connection.pictures.length > pictures + 10);
        await connection.request('GET_PARAMETER', uri);
      }
      await expect(connection.until(() => false)).rejects.toThrow('closed the connection');
    }));

  it('secondSessionRefused', () =>
    withFault(['secondSessionRefused'], async ({ connection, uri }) => {
      await connection.play(uri);
      const second = await RawRtspConnection.create(simulator.port);
      expect((await second.request('SETUP', uri, TCP)).status).toBe(453);
      second.close();
    }));

  it('caseSensitiveCSeq', () =>
    withFault(['caseSensitiveCSeq'], async ({ connection, uri }) => {
      expect((await connection.request('OPTIONS', uri)).status).toBe(200);
      expect((await connection.request('OPTIONS', uri, { CSeq: '', cseq: '2' })).status).toBe(200);
      const careless = connect(simulator.port, '127.0.0.1');
      careless.write(`OPTIONS ${uri} RTSP/1.0\r\ncseq: 1\r\n\r\n`);
      const [answer]: unknown[] = await once(careless, 'data');
      expect(String(answer)).toContain('RTSP/1.0 400');
      careless.destroy();
    }));

  it('junkBetweenFrames', () =>
    withFault(['junkBetweenFrames'], async ({ connection, uri }) => {
      await connection.play(uri);
      await connection.until(() => connection.pictures.length > 5);
      expect(connection.junkBytes).toBeGreaterThan(20);
    }));

  it('onlyTcp', () =>
    withFault(['onlyTcp'], async ({ connection, uri }) => {
      const udp = { Transport: 'RTP/AVP;unicast;client_port=50000-50001' };
      expect((await connection.request('SETUP', uri, udp)).status).toBe(461);
      expect((await connection.request('SETUP', uri, TCP)).status).toBe(200);
    }));

  it('onlyUdp', () =>
    withFault(['onlyUdp'], async (attempt) => {
      expect((await attempt.connection.request('SETUP', attempt.uri, TCP)).status).toBe(461);
      expect((await playOverUdp(attempt)).setUp.status).toBe(200);
    }));

  it('halfOpen', () =>
    withFault([], async ({ connection, uri }) => {
      await connection.play(uri);
      await simulator.camera('cam1').setFaults('halfOpen');
      connection.send('OPTIONS', uri, { CSeq: '90' });
      // That nothing comes can only be seen by waiting for it.
      await wait(SILENCE_MS);
      await simulator.camera('cam1').setFaults();
      expect((await connection.request('OPTIONS', uri, { CSeq: '91' })).headers.get('cseq')).toBe('91');
      expect(connection.isClosed).toBe(false);
    }));

  it('offline', () =>
    withFault([], async ({ connection, uri }) => {
      await connection.play(uri);
      await simulator.camera('cam1').setFaults('offline');
      await expect(connection.until(() => false)).rejects.toThrow('closed the connection');
      const next = await RawRtspConnection.create(simulator.port);
      await expect(next.request('DESCRIBE', uri)).rejects.toThrow('closed the connection');
    }));

  it('notRtsp', () =>
    withFault(['notRtsp'], async ({ uri }) => {
      const socket = connect(simulator.port, '127.0.0.1');
      socket.write(`OPTIONS ${uri} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
      const [answer]: unknown[] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 400/);
      socket.destroy();
    }));

  it('redirects', () =>
    withFault(['redirects'], async ({ connection, uri }) => {
      const moved = await connection.request('DESCRIBE', uri);
      expect(moved.status).toBe(302);
      const location = moved.headers.get('location') ?? '';
      expect(location).toContain('/moved/cam1/sub');
      await connection.play(location);
      await connection.until(() => connection.pictures.length > 0);
    }));

  it('redirectsForEver', () =>
    withFault(['redirectsForEver'], async ({ connection, uri }) => {
      const moved = await connection.request('DESCRIBE', uri);
      expect(moved.status).toBe(302);
      expect(moved.headers.get('location')).toBe(uri);
    }));

  it('redirectsElsewhere', async () => {
    const { status, headers } = await answerTo('redirectsElsewhere', 'DESCRIBE');
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(/^rtsp:\/\/169\.254\.169\.254/);
  });

  it('can be switched on and off while a stream runs', async () => {
    const connection = await RawRtspConnection.create(simulator.port);
    await connection.play(uriOf('cam1'));
    await connection.until(() => connection.pictures.length > 3);
    await simulator.camera('cam1').setFaults('hugePackets', 'stops');
    // Whatever was on its way has come when the answer to a later request is here.
    await connection.request('OPTIONS', '*');
    const soFar = connection.pictures.length;
    await connection.request('OPTIONS', '*');
    expect(connection.pictures).toHaveLength(soFar);
    await simulator.camera('cam1').setFaults();
    await connection.until(() => connection.pictures.length > soFar + 3);
    connection.close();
  });
});
