import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { startGstServer } from '../../support/gst-rtsp-server/startGstServer.ts';
import { decode } from './support/decode.ts';
import { findBreaches } from './support/findBreaches.ts';
import { RelayStage, type StagedCamera, type StagedStream } from './support/RelayStage.ts';
import { picturesOf } from './support/RtpRecord.ts';
import { waitFor } from './support/waitFor.ts';

const scene = 1;
const signIn = { username: 'viewer', password: '100%#secret' };
let simulator: Simulator;
let stage: RelayStage;

beforeAll(async () => {
  await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant: 'normal' });
  simulator = await startSimulator({
    cameras: [
      { name: 'open', scene },
      { name: 'keyFrames', scene },
      { name: 'noServerPort', scene, faults: ['noServerPort'] },
      { name: 'otherAddress', scene, faults: ['rtpFromOtherAddress'] },
      { name: 'basic', scene, auth: { ...signIn, schemes: ['basic'] } },
      { name: 'md5', scene, auth: { ...signIn, schemes: ['digest-md5'] } },
      { name: 'sha256', scene, auth: { ...signIn, schemes: ['digest-md5', 'digest-sha-256'] } },
      { name: 'emptyPassword', scene, auth: { username: 'admin', password: '', schemes: ['digest-md5'] } },
    ],
  });
  stage = await RelayStage.open();
}, 600_000);
afterAll(async () => {
  await stage.close();
  await simulator.close();
});

const cameraAt = (name: string, changed: Partial<StagedCamera> = {}): StagedCamera => ({
  port: simulator.port,
  streams: { main: `/${name}/main`, sub: `/${name}/sub` },
  ...changed,
});

async function startStream(camera: StagedCamera, kind: 'main' | 'sub' = 'sub'): Promise<StagedStream> {
  return stage.start(await stage.addCamera(camera), { kind });
}

/** Lets it play, and says what was wrong with what arrived: nothing, if all is well. Stops it. */
async function play(stream: StagedStream): Promise<string[]> {
  await stream.untilHealth('live');
  await waitFor('40 pictures', () => picturesOf(stream.uplink.packets).length > 40);
  const packets = [...stream.uplink.packets];
  const { sent, decoded, complaints } = await decode(packets);
  await stream.stop();
  const undecoded = sent === decoded ? [] : [`${decoded} of ${sent} pictures were decoded`];
  return [...findBreaches(packets), ...undecoded, ...(complaints === '' ? [] : [complaints])];
}

describe('transports', () => {
  test.each(['tcp', 'udp', 'auto'] as const)('%s plays, in both sizes', async (transport) => {
    expect(await play(await startStream(cameraAt('open', { transport }), 'main'))).toEqual([]);
    expect(await play(await startStream(cameraAt('open', { transport }), 'sub'))).toEqual([]);
  });

  test('a camera that does not say its UDP ports plays', async () => {
    expect(await play(await startStream(cameraAt('noServerPort', { transport: 'udp' })))).toEqual([]);
  });

  test('packets from another address are not taken, and the relay may choose TCP', async () => {
    const overUdp = await startStream(cameraAt('otherAddress', { transport: 'udp' }));
    await overUdp.untilHealth('cameraOffline', ({ fault }) => fault === 'noPackets');
    expect(overUdp.uplink.packets).toEqual([]);
    await overUdp.stop();
    expect(await play(await startStream(cameraAt('otherAddress')))).toEqual([]);
  });

  test('the session at the camera ends with the stream', async () => {
    for (const transport of ['tcp', 'udp'] as const) {
      const stream = await startStream(cameraAt('open', { transport }));
      await stream.untilHealth('live');
      await stream.stop();
      await waitFor('no session', () => simulator.camera('open').counters.openSessions === 0);
    }
    expect(simulator.camera('open').counters.openPulls).toEqual({ main: 0, sub: 0 });
  });
});

describe('signing in', () => {
  test.each(['basic', 'md5', 'sha256'])('%s plays', async (name) => {
    expect(await play(await startStream(cameraAt(name, signIn)))).toEqual([]);
  });

  test('an empty password plays', async () => {
    expect(await play(await startStream(cameraAt('emptyPassword', { username: 'admin', password: '' })))).toEqual([]);
    expect(await play(await startStream(cameraAt('emptyPassword', { username: 'admin' })))).toEqual([]);
  });

  test('a wrong password is told, tried rarely, and plays when it is corrected', async () => {
    const cameraId = await stage.addCamera(cameraAt('sha256', { ...signIn, password: 'wrong' }));
    const stream = await stage.start(cameraId);
    const health = await stream.untilHealth('cameraOffline', ({ retryAt }) => retryAt !== null);
    expect(health).toMatchObject({ fault: 'wrongPassword', message: expect.stringContaining('password') });
    expect(Date.parse(health.retryAt ?? '') - Date.now()).toBeGreaterThan(5_000);
    expect(simulator.camera('sha256').counters.refusedLogins).toBeLessThan(4);
    await stage.addCamera(cameraAt('sha256', signIn), cameraId);
    expect(await play(stream)).toEqual([]);
  });

  test('a missing password is told', async () => {
    const stream = await startStream(cameraAt('md5'));
    const { fault, message } = await stream.untilHealth('cameraOffline');
    expect({ fault, message }).toEqual({ fault: 'wrongPassword', message: expect.stringContaining('asks for') });
    await stream.stop();
  });
});

describe('a server that was not written here', () => {
  test.each([
    ['tcp', {}],
    ['udp', {}],
    ['tcp', { auth: { scheme: 'basic', ...signIn } }],
    ['udp', { auth: { scheme: 'digest', ...signIn } }],
    ['tcp', { areParameterSetsInBand: false }],
    ['udp', { width: 1280, height: 720 }],
  ] as const)('gst-rtsp-server plays over %s with %o', async (transport, settings) => {
    const server = await startGstServer(settings);
    const streams = { main: server.path, sub: server.path };
    expect(await play(await startStream({ ...signIn, port: server.port, transport, streams }))).toEqual([]);
    await server.close();
  });
});

describe('key frames', () => {
  test.each(['tcp', 'udp'] as const)(
    'a viewer’s wish reaches the camera over %s, at most once a second',
    async (transport) => {
      const stream = await startStream(cameraAt('keyFrames', { transport }));
      await stream.untilHealth('live');
      const camera = simulator.camera('keyFrames');
      const startedAtMs = performance.now();
      const before = camera.counters.plisReceived;
      for (let time = 0; time < 10; time += 1) {
        await stream.uplink.requestKeyFrame();
        await stream.untilMorePackets(5);
      }
      await waitFor('a wish at the camera', () => camera.counters.plisReceived > before);
      const elapsedSeconds = (performance.now() - startedAtMs) / 1000;
      expect(camera.counters.plisReceived - before).toBeLessThanOrEqual(elapsedSeconds + 1);
      await stream.stop();
    },
  );
});

describe('wrong addresses', () => {
  test.each<[string, Partial<StagedCamera>, string, string]>([
    ['nobody listens', { port: 9 }, 'unreachable', 'cannot be reached'],
    ['there is no such name', { host: 'camera.invalid' }, 'unreachable', 'cannot be reached'],
    ['a cloud’s metadata service', { host: '169.254.169.254', port: 80 }, 'unreachable', 'does not connect'],
    ['the same, in disguise', { host: '0xa9fea9fe', port: 80 }, 'unreachable', 'does not connect'],
    ['everybody', { host: '255.255.255.255' }, 'unreachable', 'does not connect'],
    ['no such path', { streams: { sub: '/nothing/sub' } }, 'notFound', 'path'],
    ['no such stream', { streams: { main: '/open/main' } }, 'notConfigured', 'no address'],
    ['a mistake in the entry', { port: 0 }, 'notConfigured', 'port'],
  ])('%s', async (_, changed, fault, words) => {
    const stream = await startStream(cameraAt('open', changed));
    const health = await stream.untilHealth('cameraOffline');
    expect(health).toMatchObject({ fault, message: expect.stringContaining(words) });
    await stream.stop();
  });

  test('a web server is told as such', async () => {
    const stream = await startStream(cameraAt('open', { port: stage.server.port }));
    const { fault } = await stream.untilHealth('cameraOffline');
    expect(fault).toBe('notRtsp');
    await stream.stop();
  });

  test('loopback is refused where it is not allowed', async () => {
    const strict = await RelayStage.open({ RELAY_ALLOW_LOOPBACK_CAMERAS: 'off' });
    for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '::1']) {
      const stream = await strict.start(await strict.addCamera(cameraAt('open', { host })));
      const { fault, message } = await stream.untilHealth('cameraOffline');
      expect({ fault, message }).toEqual({
        fault: 'unreachable',
        message: expect.stringContaining('does not connect'),
      });
    }
    await strict.close();
  });
});
