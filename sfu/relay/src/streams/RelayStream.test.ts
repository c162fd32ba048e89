import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ingestTimings } from '../ingest/timings.ts';
import { MaskingPlaces } from '../masks/MaskingPlaces.ts';
import { ScriptedCamera } from '../rtsp/testing/ScriptedCamera.ts';
import { DigestMemory } from '../rtsp/SignInRule.ts';
import type { StreamGrants } from '../sharing/StreamGrants.ts';
import type { MediaWorker } from '../uplink/MediaWorker.ts';
import { RelayStream } from './RelayStream.ts';

const patience = { timeout: 15_000, interval: 5 };
const cameraId = '019b8d3c-0000-7000-8000-000000000002';
const masks = (x: number): CameraMasks => ({
  width: 640,
  height: 360,
  polygons: [
    [
      [0, 0],
      [x, 0],
      [x, 0.5],
    ],
  ],
});
const uplink = {
  uplinkId: 'u',
  address: '127.0.0.1',
  port: 50_001,
  srtpParameters: { cryptoSuite: 'x', keyBase64: 'k' },
};

let folder: string;
/** What the worker was asked, in order. */
let asked: string[];
/** A worker that takes so long to make an uplink. */
let making: Promise<void>;
let masksNow: CameraMasks | null;
/** What the worker takes to pause. */
let pausing: Promise<void>;
let camera: ScriptedCamera;
let stream: RelayStream;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-stream-'));
  [asked, making, pausing, masksNow] = [[], Promise.resolve(), Promise.resolve(), null];
  camera = new ScriptedCamera();
  await camera.listen();
  const cameras = { [cameraId]: { host: '127.0.0.1', port: camera.port, streams: { sub: '/sub' } } };
  await writeFile(join(folder, 'cameras.json'), JSON.stringify({ cameras }), { mode: 0o600 });
  const note = (what: string) => () => Promise.resolve(void asked.push(what));
  const pause = async () => {
    asked.push('pause');
    await pausing;
  };
  const router = {
    rtpCapabilities: { codecs: [], headerExtensions: [] },
    createPlainTransport: async ({ enableSrtp }: { enableSrtp?: boolean }) => {
      if (enableSrtp === true) {
        asked.push('make uplink');
        await making;
      }
      return {
        tuple: { localPort: 50_000 },
        srtpParameters: { keyBase64: 'k' },
        connect: note('connect'),
        produce: () => Promise.resolve({ id: 'p' }),
        consume: () => Promise.resolve({ rtpParameters: {}, pause, resume: note('resume') }),
        close: () => void asked.push(enableSrtp === true ? 'close uplink' : 'close intake'),
      };
    },
  };
  stream = await RelayStream.create(
    { streamId: 's', cameraId, kind: 'sub' },
    {
      worker: { router: () => Promise.resolve(router) } as unknown as MediaWorker,
      grants: { close: () => undefined } as unknown as StreamGrants,
      onHealth: () => undefined,
      settings: {
        folder,
        rules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
        uplinkRules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
        digestMemory: new DigestMemory(),
        timings: { ...ingestTimings, firstRetryMs: 600_000, longestRetryMs: 600_000 },
        masksOf: () => masksNow,
        maskingPlaces: new MaskingPlaces(1),
        playoutDelay: { minMs: 0, maxMs: 100 },
        log: pino({ level: 'silent' }),
      },
    },
  );
});
afterEach(async () => {
  await stream.close();
  camera.close();
  await rm(folder, { recursive: true });
});

const turns = () => asked.filter((what) => what === 'pause' || what === 'resume');

test('SHR12 at other masks nothing of before is sent again, and the camera is pulled anew at once', async () => {
  const described = () => camera.methods().filter((method) => method === 'DESCRIBE').length;
  await stream.replaceUplink(uplink as never);
  await vi.waitFor(() => expect(camera.methods()).toContain('PLAY'), patience);
  asked = [];
  stream.takeMasks();
  expect(turns()).toEqual([]);
  // While the camera does not say what it is about to send, packets of before may still be on their way to the worker.
  camera.script = ({ method }) => (method === 'DESCRIBE' ? undefined : {});
  masksNow = masks(0.5);
  stream.takeMasks();
  expect(turns()).toEqual(['pause']);
  await vi.waitFor(() => expect(described()).toBe(2), patience);
  expect(turns()).toEqual(['pause']);
  // Nor is anything sent to another far end meanwhile.
  await stream.replaceUplink(uplink as never);
  expect(turns()).toEqual(['pause', 'pause']);
  camera.script = () => ({});
  masksNow = masks(0.6);
  stream.takeMasks();
  await vi.waitFor(() => expect(turns()).toEqual(['pause', 'pause', 'pause', 'resume']), patience);
});

test('SHR12 a stream that is held again while the worker is being asked stays held', async () => {
  await stream.replaceUplink(uplink as never);
  await vi.waitFor(() => expect(camera.methods()).toContain('PLAY'), patience);
  asked = [];
  const paused = Promise.withResolvers<void>();
  pausing = paused.promise;
  masksNow = masks(0.5);
  stream.takeMasks();
  const played = () => camera.methods().filter((method) => method === 'PLAY').length;
  await vi.waitFor(() => expect(played()).toBe(2), patience);
  camera.script = ({ method }) => (method === 'DESCRIBE' ? undefined : {});
  masksNow = masks(0.6);
  stream.takeMasks();
  paused.resolve();
  await pausing;
  await turn();
  expect(turns()).toEqual(['pause', 'pause']);
});

test('SHR3 a stream that is muted sends nothing in that moment, and an uplink that is being made does not begin', async () => {
  await stream.replaceUplink(uplink as never);
  const made = Promise.withResolvers<void>();
  making = made.promise;
  asked = [];
  const next = stream.replaceUplink(uplink as never);
  await vi.waitFor(() => expect(asked).toEqual(['make uplink']));
  asked = [];
  stream.mute();
  expect(asked).toEqual(['close uplink']);
  made.resolve();
  await expect(next).rejects.toThrow('has ended');
});

test('PRV3 what the owner sees beyond the sharing goes on when the rest is muted, by the masks of now', async () => {
  await stream.replaceUplink(uplink as never);
  await stream.addPreview('beyond', uplink as never, { isBeyondSharing: true });
  await stream.addPreview('shared', uplink as never, { isBeyondSharing: false });
  await vi.waitFor(() => expect(camera.methods()).toContain('PLAY'), patience);
  asked = [];
  stream.mute();
  expect(asked).toEqual(['close uplink', 'close uplink']);
  expect(stream.uplinkCount).toBe(1);
  masksNow = masks(0.5);
  stream.takeMasks();
  expect(turns()).toEqual(['pause']);
});

test('PRV3 a preview beyond the sharing that is being opened stands, and one under it does not', async () => {
  for (const isBeyondSharing of [true, false]) {
    const made = Promise.withResolvers<void>();
    making = made.promise;
    asked = [];
    const next = stream.addPreview(`preview ${isBeyondSharing}`, uplink as never, { isBeyondSharing });
    await vi.waitFor(() => expect(asked).toEqual(['make uplink']));
    stream.mute();
    made.resolve();
    const outcome = await next.then(
      () => 'stands',
      () => 'has ended',
    );
    expect(outcome).toBe(isBeyondSharing ? 'stands' : 'has ended');
  }
  expect(stream.uplinkCount).toBe(1);
});
