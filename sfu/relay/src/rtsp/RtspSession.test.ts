import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CameraError } from './CameraError.ts';
import { RtspSession } from './RtspSession.ts';
import { type Script, ScriptedCamera } from './testing/ScriptedCamera.ts';

const patience = { timeout: 15_000, interval: 5 };
let camera: ScriptedCamera;
let abort: AbortController;
let lost: CameraError[];
let packets: string[];
let session: RtspSession | undefined;
beforeEach(async () => {
  camera = new ScriptedCamera();
  await camera.listen();
  abort = new AbortController();
  lost = [];
  packets = [];
});
afterEach(async () => {
  await session?.close();
  session = undefined;
  camera.close();
});

async function open(transport: 'tcp' | 'udp' = 'tcp', answerTimeoutMs = 5_000): Promise<RtspSession> {
  const address = { host: '127.0.0.1', port: camera.port, path: '/main', username: undefined, password: undefined };
  session = await RtspSession.open({
    camera: { ...address, transport, isDigestOnly: false },
    transport,
    rules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
    signInRule: { basicRefusal: undefined, noteDigest: () => undefined },
    answerTimeoutMs,
    signal: abort.signal,
    onTrack: () => undefined,
    onRtp: (bytes, start, end) => packets.push(bytes.toString('hex', start, end)),
    onLost: (error) => lost.push(error),
  });
  return session;
}

const answering = (method: string, answers: ReturnType<Script>[]): Script => {
  return (asked) => (asked.method === method && answers.length > 0 ? answers.shift() : {});
};

describe('RtspSession', () => {
  test('asks in the order of the RFC, and ends the session at the camera', async () => {
    const opened = await open();
    await opened.close();
    await opened.close();
    expect(camera.methods()).toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
    expect(camera.asked.at(-1)?.headers).toContain('Session: 7');
    expect(lost).toEqual([]);
  });

  test('hands on the frames of its channel and of no other', async () => {
    await open();
    const rtp = '80600001000000000000000165';
    for (const channel of ['00', '01', '09']) {
      camera.sockets[0]?.write(Buffer.from(`24${channel}000d${rtp}`, 'hex'));
    }
    camera.sockets[0]?.write(Buffer.from(`2400000d${rtp}`, 'hex'));
    await expect.poll(() => packets, patience).toEqual([rtp, rtp]);
  });

  test('takes what piled up, in portions and without losing anything', async () => {
    await open();
    const packet = Buffer.alloc(1_400, 0xab);
    packet[0] = 0x80;
    const frame = Buffer.concat([Buffer.from([0x24, 0, packet.length >> 8, packet.length & 0xff]), packet]);
    camera.sockets[0]?.write(Buffer.concat(Array<Buffer>(2_000).fill(frame)));
    await expect.poll(() => packets.length, patience).toBe(2_000);
    expect(new Set(packets).size).toBe(1);
  });

  test('leaves nothing behind at the signal, which outlives it', async () => {
    const listeners = () => getEventListeners(abort.signal, 'abort').length;
    await (await open()).close();
    camera.script = answering('PLAY', [{ status: '453 Not Enough Bandwidth' }]);
    await expect(open()).rejects.toMatchObject({ fault: 'refused' });
    await open();
    expect(listeners()).toBe(1);
    camera.sockets.at(-1)?.destroy();
    await expect.poll(() => lost.length, patience).toBe(1);
    expect(listeners()).toBe(0);
  });

  test('tries the next URL when one is refused, and the track’s own for PLAY', async () => {
    camera.script = ({ method, uri }) => {
      if (method === 'DESCRIBE') return { headers: [`Content-Base: rtsp://10.9.9.9/inner/`] };
      const isRefused =
        (method === 'SETUP' && uri.includes('inner')) || (method === 'PLAY' && !uri.includes('trackID'));
      return isRefused ? { status: '404 Not Found', headers: [] } : {};
    };
    await open();
    const origin = `rtsp://127.0.0.1:${camera.port}`;
    expect(camera.asked.slice(2).map(({ method, uri }) => `${method} ${uri.replace(origin, '')}`)).toEqual([
      'SETUP /inner/trackID=1',
      'SETUP /main/trackID=1',
      'PLAY /main',
      'PLAY /main/trackID=1',
    ]);
  });

  test('leaves the range out for a camera that does not know it', async () => {
    camera.script = answering('PLAY', [{ status: '457 Invalid Range' }]);
    await open();
    const plays = camera.asked
      .filter(({ method }) => method === 'PLAY')
      .map(({ headers }) => headers.includes('Range:'));
    expect(plays).toEqual([true, false]);
  });

  test('keeps the session alive by what the camera offers, and by OPTIONS when that is refused', async () => {
    camera.script = ({ method }) => {
      if (method === 'OPTIONS') return { headers: ['Public: DESCRIBE, Get_Parameter'] };
      if (method === 'SETUP') return { headers: ['Session: 7;timeout=1'] };
      return method === 'GET_PARAMETER' ? { status: '501 Not Implemented' } : {};
    };
    await open();
    await expect.poll(() => camera.methods().slice(4, 7), patience).toEqual(['GET_PARAMETER', 'OPTIONS', 'OPTIONS']);
    expect(lost).toEqual([]);
  });

  test('is lost when the camera does not know the session any more', async () => {
    camera.script = ({ method }) => {
      if (method === 'SETUP') return { headers: ['Session: 7;timeout=1'] };
      return method === 'OPTIONS' && camera.asked.length > 4 ? { status: '454 Session Not Found' } : {};
    };
    await open();
    await expect.poll(() => lost.map(({ fault }) => fault), patience).toEqual(['connectionLost']);
  });

  test('is not lost when the camera is too busy to answer a sign of life', async () => {
    camera.script = ({ method }) => {
      if (method === 'SETUP') return { headers: ['Session: 7;timeout=1'] };
      return camera.asked.length === 5 ? undefined : {};
    };
    await open('tcp', 300);
    await expect.poll(() => camera.asked.length, patience).toBeGreaterThan(6);
    expect(lost).toEqual([]);
  });

  test('answers what the camera asks', async () => {
    await open();
    const answers: string[] = [];
    camera.sockets[0]?.on('data', (bytes) => answers.push(bytes.toString()));
    camera.sockets[0]?.write('SET_PARAMETER * RTSP/1.0\r\nCSeq: 31\r\n\r\nREDIRECT * RTSP/1.0\r\nCSeq: 32\r\n\r\n');
    await expect
      .poll(() => answers.join(''), patience)
      .toBe('RTSP/1.0 200 OK\r\nCSeq: 31\r\n\r\nRTSP/1.0 501 Not Implemented\r\nCSeq: 32\r\n\r\n');
  });

  test('sends a wish for a key frame on the RTCP channel of the camera’s choice', async () => {
    camera.script = answering('SETUP', [{ headers: ['Session: 7', 'Transport: RTP/AVP/TCP;interleaved=8-9'] }]);
    (await open()).requestKeyFrame({ ssrc: 5, highestSequenceNumber: 6 });
    await expect
      .poll(() => camera.frames.map((bytes) => bytes.toString('hex', 0, 6)), patience)
      .toEqual(['2409002c81c9']);
  });

  test.each<[string, string, Script]>([
    ['461', 'refused', answering('SETUP', [{ status: '461 Unsupported Transport' }])],
    [
      'another transport than was asked',
      'refused',
      answering('SETUP', [{ headers: ['Transport: RTP/AVP;server_port=1-2'] }]),
    ],
    ['too many viewers', 'refused', answering('SETUP', [{ status: '453 Not Enough Bandwidth' }])],
    ['no such path', 'notFound', answering('DESCRIBE', [{ status: '404 Not Found' }])],
    ['no permission', 'refused', answering('DESCRIBE', [{ status: '403 Forbidden' }])],
    ['an SDP without a picture', 'noH264', answering('DESCRIBE', [{ body: 'v=0' }])],
    [
      'a redirect elsewhere',
      'refused',
      answering('DESCRIBE', [{ status: '302 Moved', headers: ['Location: rtsp://10.0.0.9/'] }]),
    ],
    ['a redirect nowhere', 'refused', answering('DESCRIBE', [{ status: '302 Moved' }])],
  ])('fails with a word for %s', async (_, fault, script) => {
    camera.script = script;
    await expect(open()).rejects.toMatchObject({ fault });
    expect(lost).toEqual([]);
  });

  test('gives up a camera that does not answer', async () => {
    camera.script = answering('SETUP', [undefined]);
    await expect(open('tcp', 300)).rejects.toMatchObject({ fault: 'timedOut' });
  });

  test('tells a camera that answers something else', async () => {
    camera.script = () => undefined;
    const opening = open('tcp', 300);
    await expect.poll(() => camera.sockets.length, patience).toBe(1);
    camera.sockets[0]?.write('SSH-2.0-OpenSSH_9.2p1\r\n');
    await expect(opening).rejects.toMatchObject({ fault: 'notRtsp' });
  });

  test('is told when the camera hangs up', async () => {
    await open();
    camera.sockets[0]?.destroy();
    await expect.poll(() => lost.map(({ fault }) => fault), patience).toEqual(['connectionLost']);
  });

  test('ends at once when it is aborted while the camera thinks', async () => {
    camera.script = answering('PLAY', [undefined]);
    const opening = open();
    await expect.poll(() => camera.methods().at(-1), patience).toBe('PLAY');
    abort.abort();
    await expect(opening).rejects.toMatchObject({ fault: 'connectionLost' });
  });

  test('opens a pair of ports for UDP, and closes it', async () => {
    const opened = await open('udp');
    const setup = camera.asked.find(({ method }) => method === 'SETUP')?.headers ?? '';
    const [, rtp, rtcp] = /client_port=(\d+)-(\d+)/.exec(setup) ?? [];
    expect([Number(rtp) % 2, Number(rtcp) - Number(rtp)]).toEqual([0, 1]);
    await opened.close();
  });
});
