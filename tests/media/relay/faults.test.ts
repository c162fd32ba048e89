import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CameraFault } from '@commonsight/types/health';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { FAULTS, type FaultName } from '../../support/camera-simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { decode } from './support/decode.ts';
import { findBreaches } from './support/findBreaches.ts';
import { RelayStage, type StagedStream } from './support/RelayStage.ts';
import { picturesOf } from './support/RtpRecord.ts';
import { waitFor } from './support/waitFor.ts';

/** The faults that no relay can hide, and what it says of them. With all others the camera plays. */
const told: Partial<Record<FaultName, { fault: CameraFault; words: string }>> = {
  h265Only: { fault: 'h265Only', words: 'H265' },
  halfOpen: { fault: 'timedOut', words: 'not answering' },
  noH264: { fault: 'noH264', words: 'no H264' },
  notRtsp: { fault: 'notRtsp', words: 'RTSP' },
  offline: { fault: 'connectionLost', words: 'lost' },
  redirectsElsewhere: { fault: 'refused', words: 'another address' },
  redirectsForEver: { fault: 'refused', words: 'again and again' },
  stops: { fault: 'noPackets', words: 'no video' },
  unknownDigestAlgorithm: { fault: 'refused', words: 'does not know' },
};
const faultNames = Object.keys(FAULTS) as FaultName[];
const playing = faultNames.filter((name) => told[name] === undefined);
const failing = faultNames.filter((name) => told[name] !== undefined);

const auth = { username: 'viewer', password: '100%#secret', schemes: ['digest-md5'] as const };
const scene = 1;

let simulator: Simulator;
let stage: RelayStage;

beforeAll(async () => {
  // Made once per machine. What the cameras send must be ready before anybody waits for it.
  for (const variant of ['normal', 'oneSlice', 'bFrames', 'otherSize'] as const) {
    await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant });
  }
  const cameras = faultNames.map((name) => ({
    name,
    faults: [name],
    scene,
    ...(name === 'nonceExpires' ? { auth } : {}),
  }));
  simulator = await startSimulator({ cameras });
  stage = await RelayStage.open();
}, 600_000);
afterAll(async () => {
  await stage.close();
  await simulator.close();
});

async function startStream(name: FaultName): Promise<StagedStream> {
  const camera = { port: simulator.port, streams: { sub: `/${name}/sub` } };
  const { username, password } = auth;
  return stage.start(await stage.addCamera(name === 'nonceExpires' ? { ...camera, username, password } : camera));
}

describe.concurrent('a camera with a fault plays', () => {
  test.each(playing)('%s', async (name) => {
    const stream = await startStream(name);
    await stream.untilHealth(name === 'bFrames' ? 'degraded' : 'live');
    await waitFor('40 pictures', () => picturesOf(stream.uplink.packets).length > 40);
    const packets = [...stream.uplink.packets];
    expect(findBreaches(packets)).toEqual([]);
    const { sent, decoded, complaints } = await decode(packets);
    expect(complaints).toBe('');
    // A decoder keeps a few pictures back until the end, and gives them out then.
    expect(decoded).toBe(sent);
    expect(sent).toBeGreaterThan(30);
    await stream.stop();
  });
});

describe.concurrent('a camera with a fault is told as such', () => {
  test.each(failing)('%s', async (name) => {
    const { fault, words } = told[name] ?? { fault: 'refused', words: '' };
    const stream = await startStream(name);
    const health = await stream.untilHealth('cameraOffline', ({ retryAt }) => retryAt !== null);
    expect(health).toMatchObject({ fault, message: expect.stringContaining(words) });
    expect(stream.uplink.packets).toEqual([]);
    await stream.stop();
  });
});

describe.concurrent('with a fault', () => {
  test('B-frames are told, and flow', async () => {
    const stream = await startStream('bFrames');
    const health = await stream.untilHealth('degraded');
    expect(health).toMatchObject({ fault: 'bFrames', message: expect.stringContaining('B-frames') });
    await stream.stop();
  });

  test.each(['clockJumps', 'clockTenTimesTooFast', 'clockYearsOff'] as const)(
    'timestamps go on in real time: %s',
    async (name) => {
      const stream = await startStream(name);
      await stream.untilMorePackets(600);
      const pictures = picturesOf(stream.uplink.packets);
      const [first, last] = [pictures[0]?.[0], pictures.at(-1)?.[0]];
      const elapsedMs = (last?.arrivedAtMs ?? 0) - (first?.arrivedAtMs ?? 0);
      const counted = (((last?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0) / 90;
      expect(Math.abs(counted - elapsedMs)).toBeLessThan(elapsedMs * 0.1 + 500);
      await stream.stop();
    },
  );

  test('a new size is told, and the first again', async () => {
    const stream = await startStream('resolutionChange');
    const { width } = await stream.untilHealth('live');
    await stream.untilHealth('live', (health) => health.width !== width);
    await stream.untilHealth('live', (health) => health.width === width);
    expect(findBreaches([...stream.uplink.packets])).toEqual([]);
    await stream.stop();
  });

  test('a camera that gets well plays', async () => {
    const stream = await startStream('noH264');
    await stream.untilHealth('cameraOffline');
    await simulator.camera('noH264').setFaults();
    await stream.untilHealth('live');
    await stream.untilMorePackets(60);
    expect(findBreaches([...stream.uplink.packets])).toEqual([]);
    await stream.stop();
  });
});

test('no password and no address is in anything that the relay said', () => {
  const words = stage.relay.output + JSON.stringify(stage.server.told);
  expect(words).not.toContain(auth.password);
  expect(words).not.toContain(encodeURIComponent(auth.password));
  expect(JSON.stringify(stage.server.told)).not.toContain('127.0.0.1');
});
