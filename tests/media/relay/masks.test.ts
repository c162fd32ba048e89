import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MaskPolygon } from '@commonsight/types/relay/masks';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { countUnmasked } from './support/countUnmasked.ts';
import { elsewhere } from './support/elsewhere.ts';
import { decodePictures } from './support/decodePictures.ts';
import { findBreaches } from './support/findBreaches.ts';
import { openLossyCamera } from './support/openLossyCamera.ts';
import { RelayProcess } from './support/RelayProcess.ts';
import { RelayStage, type StagedStream } from './support/RelayStage.ts';
import { picturesOf, type ReceivedPacket, typesOf } from './support/RtpRecord.ts';
import { waitFor } from './support/waitFor.ts';

// Every test waits for a hundred pictures in real time, and decodes them.
vi.setConfig({ testTimeout: 480_000 });
const longMs = 120_000;

const scene = 1;
const sizes = { sub: { width: 640, height: 360 }, main: { width: 1280, height: 720 } };
const size = sizes.sub;
/** Over what moves in the scene, at the picture's edge, and with a slanted side. */
const left: MaskPolygon = [
  [0, 0.3],
  [0.45, 0.3],
  [0.3, 0.9],
  [0, 0.9],
];
const right: MaskPolygon = [
  [0.55, 0.4],
  [0.9, 0.35],
  [0.8, 0.8],
];
const wordsOf = (polygon: MaskPolygon) => polygon.map((point) => point.join(',')).join(' ');

let simulator: Simulator;
let stage: RelayStage;
/** Those of a test. What it leaves behind would take the places of the next one's. */
const started: StagedStream[] = [];

beforeAll(async () => {
  for (const variant of ['normal', 'bFrames', 'otherSize'] as const) {
    await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant });
  }
  simulator = await startSimulator({ cameras: [{ name: 'camera', scene }] });
  stage = await RelayStage.open({ RELAY_MASKED_STREAMS: '2' });
  await relay('owner', 'pair');
  await relay('sharing', 'set', '--all', '--mode', 'always');
  await untilTaken();
}, 600_000);
afterAll(async () => {
  await stage.close();
  await simulator.close();
});

afterEach(async () => {
  await simulator.camera('camera').setFaults();
  for (const stream of started.splice(0)) await stream.stop();
});

async function start(cameraId: string, options: { kind?: 'main' | 'sub' } = {}): Promise<StagedStream> {
  const stream = await stage.start(cameraId, options);
  started.push(stream);
  return stream;
}

async function relay(...args: string[]): Promise<void> {
  const ended = await RelayProcess.run([...args, '--folder', stage.folder], { LOG_LEVEL: 'silent' });
  if (ended.exitCode !== 0) throw new Error(ended.output);
}

const mask = (cameraId: string, ...polygons: MaskPolygon[]) => maskOn(size, cameraId, ...polygons);

async function maskOn({ width, height }: typeof size, cameraId: string, ...polygons: MaskPolygon[]): Promise<void> {
  const words = polygons.flatMap((one) => ['--polygon', wordsOf(one)]);
  await relay('sharing', 'mask', '--camera', cameraId, '--size', `${width}x${height}`, ...words);
}

/** What the running relay has taken up. */
const untilTaken = async () => {
  const { document } = JSON.parse(await readFile(join(stage.folder, 'sharing/sharing.json'), 'utf8'));
  const { version } = JSON.parse(Buffer.from(document, 'base64url').toString());
  await waitFor('the document is taken up', () => stage.relay.output.includes(`"version":${version},`));
};

async function addCamera(port: number = simulator.port): Promise<string> {
  return stage.addCamera({ port, streams: { sub: '/camera/sub', main: '/camera/main' } });
}

async function addMaskedCamera(port?: number): Promise<string> {
  const cameraId = await addCamera(port);
  await mask(cameraId, left, right);
  await untilTaken();
  return cameraId;
}

/** Every picture of the packets has the masks' colour wherever a mask is, and shows the moving scene elsewhere. */
async function expectMasked(
  packets: readonly ReceivedPacket[],
  polygons: readonly MaskPolygon[] = [left, right],
  ofSize = size,
) {
  const pictures = await decodePictures(packets, ofSize);
  expect(pictures.length).toBeGreaterThan(20);
  const unmasked = pictures.map((picture) =>
    polygons.reduce((count, polygon) => count + countUnmasked(picture, polygon), 0),
  );
  expect(unmasked.filter((count) => count > 0)).toEqual([]);
  const seen = pictures.map((picture) => elsewhere(picture, polygons));
  expect(Math.max(...seen.map(({ hiddenShare }) => hiddenShare))).toBeLessThan(0.5);
  // Something moves in each picture of the scene: its number, if nothing else.
  expect(new Set(seen.map(({ digest }) => digest)).size).toBeGreaterThan(pictures.length / 2);
  return pictures;
}

const untilPictures = (stream: StagedStream, count: number) => {
  const from = picturesOf(stream.uplink.packets).length;
  return waitFor(`${count} pictures`, () => picturesOf(stream.uplink.packets).length >= from + count, longMs);
};

/** Where each picture stands that shows something of what is to be hidden. */
async function unmaskedAt(packets: readonly ReceivedPacket[], polygon: MaskPolygon): Promise<number[]> {
  const pictures = await decodePictures(packets, size);
  expect(pictures.length).toBe(picturesOf(packets).length - 1);
  return pictures.flatMap((picture, index) => (countUnmasked(picture, polygon) > 0 ? [index] : []));
}

async function ffmpegPid(): Promise<number> {
  return waitFor('an ffmpeg', async () => (await stage.relay.childPids('ffmpeg'))[0]);
}

async function untilFault(stream: StagedStream, fault: 'maskFailed' | 'maskingFull') {
  const isTold = () => stream.healths.some((health) => health.state === 'cameraOffline' && health.fault === fault);
  await waitFor(fault, isTold, longMs);
}

describe('SHR12 of a masked camera', () => {
  test.each(['sub', 'main'] as const)('no picture shows what is hidden, from the first on: %s', async (kind) => {
    const stream = await start(await addMaskedCamera(), { kind });
    await untilPictures(stream, 90);
    const packets = [...stream.uplink.packets];
    expect(findBreaches(packets)).toEqual([]);
    const pictures = await expectMasked(packets, [left, right], sizes[kind]);
    expect(pictures.length).toBe(picturesOf(packets).length - 1);
    const stamps = new Set(pictures.map(({ stamp }) => stamp));
    expect(stamps.has(undefined)).toBe(false);
    expect(stamps.size).toBe(pictures.length);
    await stream.untilHealth(
      'live',
      ({ framesPerSecond, width }) => framesPerSecond > 0 && width === sizes[kind].width,
    );
  });

  test('nor any after packets of the camera were lost', async () => {
    // About one in a second: what follows on it is left out up to a key frame of which nothing is lost.
    const hop = await openLossyCamera(simulator.port, 151);
    const stream = await start(await addMaskedCamera(hop.port));
    await waitFor('four losses', () => hop.lost > 3, longMs);
    await untilPictures(stream, 30);
    expect(findBreaches([...stream.uplink.packets])).toEqual([]);
    await expectMasked([...stream.uplink.packets]);
    hop.close();
  });

  test.each(['bFrames', 'resolutionChange', 'hugePackets'] as const)('nor any of one with %s', async (fault) => {
    await simulator.camera('camera').setFaults(fault);
    const stream = await start(await addMaskedCamera());
    await stream.untilHealth('live');
    await untilPictures(stream, 120);
    if (fault === 'resolutionChange') {
      await stream.untilHealth('live', ({ width }) => width !== size.width);
      await untilPictures(stream, 30);
    }
    const pictures = await expectMasked([...stream.uplink.packets]);
    expect(pictures.length).toBeGreaterThan(100);
  });

  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    'nor any when ffmpeg gets %s: it is told, and masked again',
    async (signal) => {
      const stream = await start(await addMaskedCamera());
      await untilPictures(stream, 30);
      const pid = await ffmpegPid();
      process.kill(pid, signal);
      await untilFault(stream, 'maskFailed');
      const told = stream.healths.length;
      await waitFor('live again', () => stream.healths.slice(told).some(({ state }) => state === 'live'), longMs);
      await untilPictures(stream, 30);
      expect(await stage.relay.childPids('ffmpeg')).not.toContain(pid);
      await expectMasked([...stream.uplink.packets]);
      expect(findBreaches([...stream.uplink.packets])).toEqual([]);
      await stream.stop();
      await waitFor('no ffmpeg', async () => (await stage.relay.childPids('ffmpeg')).length === 0);
    },
  );

  test('a key frame comes when somebody needs one', async () => {
    const stream = await start(await addMaskedCamera());
    await untilPictures(stream, 10);
    const shortestGap = () => {
      const isKeyFrame = (picture: ReceivedPacket[]) => picture.some((packet) => typesOf(packet).includes(5));
      const at = picturesOf(stream.uplink.packets).flatMap((picture, index) => (isKeyFrame(picture) ? [index] : []));
      return Math.min(...at.slice(1).map((index, before) => index - (at[before] ?? 0)));
    };
    await waitFor('key frames closer than every two seconds', async () => {
      await stream.uplink.requestKeyFrame();
      return shortestGap() < 50;
    });
    expect(findBreaches([...stream.uplink.packets])).toEqual([]);
  });
});

describe('SHR12 a change of the masks', () => {
  test('holds for running streams within two seconds, and no picture is made by the old ones after the new', async () => {
    const cameraId = await addCamera();
    const stream = await start(cameraId);
    await untilPictures(stream, 30);
    await mask(cameraId, left);
    const maskedAtMs = performance.now();
    await untilTaken();
    await untilPictures(stream, 60);
    const packets = [...stream.uplink.packets];
    expect(findBreaches(packets).filter((breach) => !breach.includes('marker'))).toEqual([]);
    const shown = await unmaskedAt(packets, left);
    const last = shown.at(-1) ?? 0;
    // All that were shown came before all that were masked.
    expect(shown).toEqual(Array.from({ length: last + 1 }, (_, index) => index));
    const lastAtMs = picturesOf(packets)[last]?.at(-1)?.arrivedAtMs ?? 0;
    expect(lastAtMs - maskedAtMs).toBeLessThan(2_000);

    const before = picturesOf(packets).length;
    await mask(cameraId, left, right);
    await untilTaken();
    await untilPictures(stream, 60);
    const both = [...stream.uplink.packets];
    expect((await unmaskedAt(both, left)).filter((index) => index >= before)).toEqual([]);
    expect((await unmaskedAt(both, right)).at(-1)).toBeLessThan(picturesOf(both).length - 10);
    expect(stream.stopReason).toBeUndefined();
  });

  test('is the owner’s alone: neither a rule, an older nor a foreign document lifts one', async () => {
    const cameraId = await addCamera();
    await relay('sharing', 'set', '--camera', cameraId, '--mode', 'always');
    const file = join(stage.folder, 'sharing/sharing.json');
    const older = await readFile(file, 'utf8');
    await mask(cameraId, left, right);
    await relay('sharing', 'set', '--camera', cameraId, '--mode', 'always');
    await relay('sharing', 'set', '--all', '--mode', 'always');
    await untilTaken();
    const newer = await readFile(file, 'utf8');
    const stream = await start(cameraId);
    await untilPictures(stream, 30);
    const offered = join(stage.folder, 'offered');
    await writeFile(offered, older);
    await expect(relay('sharing', 'import', '--file', offered)).rejects.toThrow('was accepted already');
    const { document } = JSON.parse(newer);
    const { masks: _, ...lifted } = JSON.parse(Buffer.from(document, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...lifted, version: lifted.version + 1 })).toString('base64url');
    await writeFile(offered, JSON.stringify({ ...JSON.parse(newer), document: forged }));
    await expect(relay('sharing', 'import', '--file', offered)).rejects.toThrow('not signed by an owner');
    await untilPictures(stream, 30);
    await writeFile(file, older);
    expect(await waitFor('the end', () => stream.stopReason)).toBe('notShared');
    await expect(start(cameraId)).rejects.toThrow('notShared');
    await expectMasked([...stream.uplink.packets]);
    await writeFile(file, newer);
    const again = await waitFor('a start', () => start(cameraId).catch(() => undefined));
    await untilPictures(again, 30);
    await expectMasked([...again.uplink.packets]);
    await relay('sharing', 'mask', '--camera', cameraId, '--clear');
    await untilTaken();
    await untilPictures(again, 60);
    expect((await unmaskedAt([...again.uplink.packets], left)).length).toBeGreaterThan(10);
  });
});

describe('SHR13 a camera that cannot be masked is not shown', () => {
  test('when the relay masks as many as it can; it comes when one has ended', async () => {
    const cameraId = await addMaskedCamera();
    const first = await start(cameraId);
    const second = await start(cameraId);
    await untilPictures(first, 1);
    await untilPictures(second, 1);
    const third = await start(cameraId);
    await untilFault(third, 'maskingFull');
    expect(third.uplink.packets).toEqual([]);
    const free = await start(await addCamera());
    await untilPictures(free, 10);
    await first.stop();
    await untilPictures(third, 30);
    await expectMasked([...third.uplink.packets]);
  });

  test('when the masks were drawn on a picture of another shape', async () => {
    const cameraId = await addCamera();
    await maskOn({ width: 640, height: 480 }, cameraId, left);
    await untilTaken();
    const stream = await start(cameraId);
    await untilFault(stream, 'maskFailed');
    expect(JSON.stringify(stream.healths)).toContain('another shape (640x360)');
    expect(stream.uplink.packets).toEqual([]);
  });

  test('when there is no ffmpeg', async () => {
    const cameraId = await addMaskedCamera();
    await stage.restartRelay('SIGTERM', { PATH: stage.folder });
    const [stream, free] = [await start(cameraId), await start(await addCamera())];
    await untilFault(stream, 'maskFailed');
    await untilPictures(free, 60);
    expect(stream.uplink.packets).toEqual([]);
    started.splice(0);
    await stage.restartRelay('SIGTERM');
  });
});
