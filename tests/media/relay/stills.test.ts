import { spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { encapsulatedKeyBytes } from '@commonsight/types/relay/camera-entry';
import type { MaskPolygon } from '@commonsight/types/relay/masks';
import { longestStillBytes, stillInfo, stillReceiptText, stillSignatureContext } from '@commonsight/types/relay/still';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { readStamp } from '../../support/camera-simulator/stamp.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { countUnmasked } from './support/countUnmasked.ts';
import { RelayProcess } from './support/RelayProcess.ts';
import { RelayStage } from './support/RelayStage.ts';

const patienceMs = 240_000;
const scene = 1;
const size = { width: 640, height: 360 };
const left: MaskPolygon = [
  [0, 0.3],
  [0.45, 0.3],
  [0.3, 0.9],
  [0, 0.9],
];
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

let simulator: Simulator;
let stage: RelayStage;
let owner: KeyObject;

beforeAll(async () => {
  for (const stream of ['sub', 'main'] as const)
    await makeClip({ scene, stream, keyFrameIntervalSeconds: 2, variant: 'normal' });
  simulator = await startSimulator({ cameras: [{ name: 'camera', scene }] });
  stage = await RelayStage.open();
  await relay('owner', 'pair');
  owner = privateKey((await readFile(join(stage.folder, 'sharing/owner.key'), 'utf8')).trim());
}, 600_000);
afterAll(async () => {
  await stage.close();
  await simulator.close();
});

async function relay(...args: string[]): Promise<void> {
  const ended = await RelayProcess.run([...args, '--folder', stage.folder], { LOG_LEVEL: 'silent' });
  if (ended.exitCode !== 0) throw new Error(ended.output);
}

function privateKey(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'pkcs8' });
}

/** Asks for a still as an owner's browser does, and opens what comes. */
async function takeStill(cameraId: string, kind: 'main' | 'sub'): Promise<Buffer> {
  const { relayId } = stage.server;
  const pair = await suite.kem.generateKeyPair();
  const sealingPoint = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('base64url');
  // Canonical: without spaces, and sorted by name.
  const bytes = Buffer.from(JSON.stringify({ cameraId, format: 'commonsight-still-1', kind, relayId, sealingPoint }));
  const request = bytes.toString('base64url');
  const signature = sign(null, Buffer.concat([Buffer.from(stillSignatureContext), bytes]), owner).toString('base64url');
  const answer = await stage.server.ask('camera:takeStill', { signed: { request, signature } });
  const { deviceKey } = JSON.parse(await readFile(join(stage.folder, 'relay.json'), 'utf8'));
  const text = Buffer.from(stillReceiptText({ request, sealed: answer.sealed }));
  const receipt = Buffer.from(answer.receipt, 'base64url');
  expect(verify(null, text, createPublicKey(privateKey(deviceKey)), receipt)).toBe(true);
  const sealed = new Uint8Array(Buffer.from(answer.sealed, 'base64url'));
  const opened = await suite.open(
    {
      recipientKey: pair.privateKey,
      enc: sealed.slice(0, encapsulatedKeyBytes).buffer,
      info: stillInfo({ relayId, cameraId }).buffer,
    },
    sealed.slice(encapsulatedKeyBytes).buffer,
  );
  return Buffer.from(opened);
}

/** The picture as the relay's encoder would have it, in this size. */
async function decode(jpeg: Buffer, { width, height }: typeof size) {
  const args = ['-v', 'error', '-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0', '-frames:v', '1'];
  const format = `scale=${width}:${height}:flags=neighbor:out_range=tv`;
  const ffmpeg = spawn('ffmpeg', [...args, '-vf', format, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  ffmpeg.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  ffmpeg.stdin.on('error', () => undefined);
  ffmpeg.stdin.end(jpeg);
  await once(ffmpeg, 'close');
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe((width * height * 3) / 2);
  return { width, height, bytes, stamp: readStamp({ width, height, data: bytes.subarray(0, width * height) }) };
}

test.each(['sub', 'main'] as const)(
  'SHR15 the owner gets a still of the camera as it is, also of one that is masked and off: %s',
  async (kind) => {
    const cameraId = await stage.addCamera({
      port: simulator.port,
      streams: { sub: '/camera/sub', main: '/camera/main' },
    });
    const polygon = left.map((point) => point.join(',')).join(' ');
    await relay('sharing', 'mask', '--camera', cameraId, '--size', '640x360', '--polygon', polygon);
    const jpeg = await takeStill(cameraId, kind);
    expect(jpeg.length).toBeLessThanOrEqual(longestStillBytes);
    expect(jpeg.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const picture = await decode(jpeg, size);
    expect(picture.stamp).toBeDefined();
    expect(countUnmasked(picture, left)).toBeGreaterThan(size.width);
    // Nothing is left behind.
    expect(await stage.relay.childPids('ffmpeg')).toEqual([]);
  },
  patienceMs,
);

test(
  'SHR15 of a camera that is not there there is none, in words',
  async () => {
    const cameraId = await stage.addCamera({ port: 1, streams: { sub: '/camera/sub' } });
    await expect(takeStill(cameraId, 'sub')).rejects.toThrow('mediaUnavailable');
  },
  patienceMs,
);
