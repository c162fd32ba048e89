import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ingestTimings } from '../ingest/timings.ts';
import { MaskingPlaces } from '../masks/MaskingPlaces.ts';
import { DigestMemory } from '../rtsp/SignInRule.ts';
import type { StreamGrants } from '../sharing/StreamGrants.ts';
import type { MediaWorker } from '../uplink/MediaWorker.ts';
import { RelayStream } from './RelayStream.ts';

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
let reads: number;
let stream: RelayStream;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-stream-'));
  [asked, making, masksNow, reads] = [[], Promise.resolve(), null, 0];
  const note = (what: string) => () => Promise.resolve(void asked.push(what));
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
        consume: () => Promise.resolve({ rtpParameters: {}, pause: note('pause'), resume: note('resume') }),
        close: () => void asked.push(enableSrtp === true ? 'close uplink' : 'close intake'),
      };
    },
  };
  stream = await RelayStream.create(
    { streamId: 's', cameraId: 'c', kind: 'sub' },
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
        masksOf: () => {
          reads += 1;
          return masksNow;
        },
        maskingPlaces: new MaskingPlaces(1),
        playoutDelay: { minMs: 0, maxMs: 100 },
        log: pino({ level: 'silent' }),
      },
    },
  );
});
afterEach(async () => {
  await stream.close();
  await rm(folder, { recursive: true });
});

const turns = () => asked.filter((what) => what === 'pause' || what === 'resume');

test('SHR11 at other masks nothing of before is sent again, and the camera is pulled anew at once', async () => {
  await stream.replaceUplink(uplink as never);
  // There is no camera: the pull waits ten minutes for its next try.
  await vi.waitFor(() => expect(stream.health.state).toBe('cameraOffline'));
  asked = [];
  const before = reads;
  stream.takeMasks();
  expect(turns()).toEqual([]);
  masksNow = masks(0.5);
  stream.takeMasks();
  expect(turns()).toEqual(['pause']);
  await vi.waitFor(() => expect(turns()).toEqual(['pause', 'resume']));
  expect(reads).toBe(before + 3);
  await vi.waitFor(() => expect(stream.health.state).toBe('cameraOffline'));
  masksNow = masks(0.6);
  stream.takeMasks();
  await vi.waitFor(() => expect(turns()).toEqual(['pause', 'resume', 'pause', 'resume']));
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
  expect(asked).toEqual(['close uplink', 'close intake']);
  made.resolve();
  await expect(next).rejects.toThrow('has ended');
});
