// A relay with its strict settings, which is given one case of an address after another. `<cases> <seed> [isolated]`;
// prints one line of JSON. With `isolated` it must run where every address leads to this machine: see `runAddresses.ts`.
import { randomBytes, randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraReport } from '@commonsight/types/relay/camera-entry';
import type { StreamHealth } from '@commonsight/types/health';
import { RelayStage } from '../../../media/relay/support/RelayStage.ts';
import { startOnvifCamera } from '../../../support/onvif-simulator/startOnvifCamera.ts';
import { sealCamera } from '../../../support/sealCamera.ts';
import { until } from '../../../training/until.ts';
import { Random } from '../Random.ts';
import type { AddressCase } from './AddressCase.ts';
import type { AddressReport } from './AddressReport.ts';
import { cameraPort, Canaries } from './Canaries.ts';
import { makeCase } from './makeCases.ts';
import { NameServer } from './NameServer.ts';
import { makeOnvifCase, type OnvifCase } from './onvifCases.ts';

const sideBySide = 40;
const decisionTimeoutMs = 30_000;
const mostTests = 4;
const mostChecks = 12;
/** One after the other, each for as long as the relay waits for an answer. */
const checksTimeoutMs = 120_000;
/** Where no canary listens. */
const onvifPort = 8899;

interface Dialling {
  one: AddressCase;
  cameraId: string;
  streamId: string;
}

const [cases = 0, seed = 0] = process.argv.slice(2).map(Number);
const isIsolated = process.argv.includes('isolated');
const names = isIsolated ? await NameServer.open('127.0.0.53') : null;
const canaries = await Canaries.open();
// Strict, as at a real site: nothing of what the training city allows.
const settings = { RELAY_ALLOW_LOOPBACK_CAMERAS: 'off', LOG_LEVEL: 'error' };
const stage = await RelayStage.open(settings);
const report: AddressReport = { cases, isIsolated, counts: {}, reached: [], goodRefused: [], undecided: [] };
try {
  for (let first = 0; first < cases; first += sideBySide) {
    const batch = Array.from({ length: Math.min(sideBySide, cases - first) }, (_, index) => {
      const number = first + index;
      const one = makeCase(new Random(seed + number), number, { isIsolated });
      return { one, cameraId: randomUUID(), streamId: randomUUID() };
    });
    await writeCameras(batch);
    await Promise.all(batch.map(dial));
    stage.server.told.length = 0;
    if (first % 1_000 === 0) process.stderr.write(`${first} of ${cases} addresses\n`);
  }
  if (isIsolated) await askDevices(Math.ceil(cases / 4));
  await checkInTurn();
  report.reached.push(...canaries.reached);
} finally {
  canaries.close();
  names?.close();
  await stage.close();
}
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);

/** A device is asked over ONVIF as for a new camera, and what it says leads somewhere else. */
async function askDevices(count: number): Promise<void> {
  const { sealingPoint } = await stage.server.ask('camera:readSealing', {});
  const relay = { relayId: stage.server.relayId, sealingPoint };
  // As many as the relay takes side by side.
  for (let first = 0; first < count; first += mostTests) {
    const numbers = Array.from({ length: Math.min(mostTests, count - first) }, (_, index) => cases + first + index);
    await Promise.all(numbers.map((number) => askDevice(makeOnvifCase(new Random(seed + number), number), relay)));
  }
}

async function askDevice(one: OnvifCase, relay: { relayId: string; sealingPoint: string }): Promise<void> {
  const { kind, device, faults, lure, host, isGood } = one;
  // It has no stream: how far the relay goes is what counts.
  const cameras = device === null ? [] : [device];
  const asCamera: AddressCase = { kind, host, isGood, path: '/live', transport: 'tcp', cameras };
  const camera =
    device === null
      ? null
      : await startOnvifCamera({
          host: device,
          port: onvifPort,
          name: one.kind,
          rtspPort: cameraPort,
          streams: [{ path: '/live', width: 640, height: 360 }],
          faults,
          lure,
        });
  await canaries.expect(asCamera);
  const sealed = await sealCamera({ at: { by: 'onvif', host, port: onvifPort }, username: 'a', password: 'b' }, relay);
  const answer = await stage.server.askRaw('camera:test', { sealed });
  const { dialled } = canaries.seen(asCamera);
  const words = JSON.stringify({ host, faults, lure });
  if (one.isGood && dialled === 0) report.goodRefused.push(words);
  if (!one.isGood && dialled > 0) report.reached.push(`${words}, a stream that the device does not have`);
  const { value, error } = answer as { value?: { report: CameraReport }; error?: { code: string } };
  const outcome =
    value === undefined ? error?.code : (value.report.fault?.code ?? value.report.streams[0]?.fault?.code);
  const key = `onvif ${one.kind}: ${dialled > 0 ? 'dialled the camera itself, ' : ''}${outcome}`;
  report.counts[key] = (report.counts[key] ?? 0) + 1;
  canaries.forget(asCamera);
  await camera?.close();
}

/** Addresses that nobody views are dialled too, when the relay asks its cameras by itself. */
async function checkInTurn(): Promise<void> {
  const batch = Array.from({ length: Math.min(mostChecks, cases) }, (_, index) => {
    // Other cases than those that were dialled.
    const number = 2 * cases + index;
    const one = makeCase(new Random(seed + number), number, { isIsolated });
    return { one, cameraId: randomUUID(), streamId: randomUUID() };
  });
  for (const { one } of batch) {
    await canaries.expect(one);
    if (one.names !== undefined) names?.set(one.host, one.names);
  }
  await writeCameras(batch);
  await stage.restartRelay('SIGTERM', { ...settings, RELAY_CAMERA_CHECK_SECONDS: '3600' });
  const areChecked = async (): Promise<boolean> => {
    const { cameras } = await stage.server.ask('relay:readHealth', {});
    return cameras.length === batch.length && cameras.every(({ check }) => check !== null);
  };
  const isDecided = await until(areChecked, { timeoutMs: checksTimeoutMs, everyMs: 200 });
  if (!isDecided) report.undecided.push('The relay did not ask all cameras by itself.');
  for (const { one } of batch) canaries.forget(one);
}

async function writeCameras(batch: readonly Dialling[]): Promise<void> {
  const cameras = batch.map(({ one, cameraId }) => {
    const { host, path, username, transport } = one;
    return [cameraId, { host, port: cameraPort, username, transport, streams: { main: path } }];
  });
  const part = join(stage.folder, randomUUID());
  await writeFile(part, JSON.stringify({ cameras: Object.fromEntries(cameras) }), { mode: 0o600 });
  await rename(part, join(stage.folder, 'cameras.json'));
}

async function dial({ one, cameraId, streamId }: Dialling): Promise<void> {
  await canaries.expect(one);
  if (one.names !== undefined) names?.set(one.host, one.names);
  for (const { type, value } of one.names?.flat() ?? []) {
    if (type === 'CNAME')
      names?.set(value, one.names?.map((list) => list.filter((record) => record.type !== 'CNAME')) ?? []);
  }
  await stage.server.ask('stream:start', {
    streamId,
    cameraId,
    kind: 'main',
    uplink: {
      uplinkId: randomUUID(),
      address: '127.0.0.1',
      port: 9,
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: randomBytes(44).toString('base64') },
    },
    grants: [stage.server.signGrant(cameraId)],
  });
  const isDecided = await until(() => isOver(one, faultsOf(streamId)), { timeoutMs: decisionTimeoutMs, everyMs: 20 });
  const { dialled, played } = canaries.seen(one);
  await stage.server.ask('stream:stop', { streamId });
  const fault = faultsOf(streamId).at(-1) ?? 'no fault';
  const words = JSON.stringify({ host: one.host, path: one.path, names: one.names });
  if (!isDecided) report.undecided.push(words);
  if (one.isGood && dialled === 0) report.goodRefused.push(words);
  const outcome = played ? 'played at the camera itself' : dialled > 0 ? `dialled the camera itself, ${fault}` : fault;
  const key = `${one.kind}: ${outcome}`;
  report.counts[key] = (report.counts[key] ?? 0) + 1;
  canaries.forget(one);
  names?.forget(one.host);
}

function faultsOf(streamId: string): string[] {
  return stage.server.told.flatMap((told) => {
    if (told.name !== 'stream:healthChanged' || told.notification.streamId !== streamId) return [];
    const health: StreamHealth = told.notification.health;
    return health.state === 'cameraOffline' ? [health.fault] : [];
  });
}

/** A case is over when the relay has said why not, or has come as far as the camera lets it. */
function isOver(one: AddressCase, faults: readonly string[]): boolean {
  if (one.kind === 'rebinding') return faults.includes('unreachable');
  return faults.length > 0 || canaries.seen(one).played;
}
