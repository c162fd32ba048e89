import type { CameraReport, MeasuredStream, NewCamera } from '@commonsight/types/relay/camera-entry';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { CameraEntry } from '../cameras/writeCamera.ts';
import { OnvifClient, onvifDevicePath } from '../onvif/OnvifClient.ts';
import type { CameraAddress } from '../rtsp/CameraAddress.ts';
import { CameraError, toCameraError } from '../rtsp/CameraError.ts';
import { type AddressRules, resolveAddress } from '../rtsp/resolveAddress.ts';
import type { DigestMemory } from '../rtsp/SignInRule.ts';
import { Secret } from '../Secret.ts';
import { advise } from './advise.ts';
import { type FoundStreams, findStreams } from './findStreams.ts';
import { measureStream, type MeasureTimings, wordsOf } from './measureStream.ts';

/** A new camera whose place is known: what was discovered has been looked up. */
export interface CameraToTest {
  readonly at:
    | Extract<NewCamera['at'], { by: 'hand' }>
    | (Omit<Extract<NewCamera['at'], { by: 'onvif' }>, 'by'> & { readonly by: 'onvif'; readonly path?: string });
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly transport: NewCamera['transport'];
}

export interface TestOptions {
  readonly rules: AddressRules;
  readonly digestMemory: DigestMemory;
  readonly timings: MeasureTimings;
  readonly signal: AbortSignal;
  /** What is kept is the numeric address that answered, and not the name that led there: that may lead elsewhere next. */
  readonly isKeptByAddress: boolean;
}

export const measureTimings: MeasureTimings = {
  answerTimeoutMs: 5_000,
  shortestMs: 4_000,
  longestMs: 12_000,
  silentAfterMs: 5_000,
  checkIntervalMs: 50,
};

/** Finds a camera's streams, plays each for some seconds, and says what to do. `entry` is what would be kept. */
export async function testCamera(
  camera: CameraToTest,
  options: TestOptions,
): Promise<{ report: CameraReport; entry: CameraEntry | undefined }> {
  let host = camera.at.host;
  let found: FoundStreams;
  try {
    if (options.isKeptByAddress) host = await resolveAddress(host, options.rules);
    found = await locate({ ...camera, at: { ...camera.at, host } }, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const fault = wordsOf(toCameraError(error));
    const failed = { streams: [], clockErrorSeconds: null, device: null, fault };
    return { report: { ...failed, isUsable: false, advice: advise(failed) }, entry: undefined };
  }
  const { at, username, password, transport } = camera;
  const streams: MeasuredStream[] = [];
  for (const kind of ['main', 'sub'] as const) {
    const path = found.streams[kind];
    if (path === undefined) continue;
    const address: CameraAddress = {
      host,
      port: found.port,
      path,
      username,
      password: password ?? (username === undefined ? undefined : new Secret('')),
      transport,
      isDigestOnly: false,
    };
    // One after the other: some cameras serve one session at a time.
    const signInRule = options.digestMemory.ruleFor({ id: 'test', ...address });
    streams.push(await measureStream({ ...options, kind, camera: address, signInRule }));
  }
  const clockErrorSeconds = found.clockErrorMs === undefined ? null : Math.round(found.clockErrorMs / 100) / 10;
  const measured = { streams, clockErrorSeconds, device: found.device, fault: null };
  const isUsable = streams.every(({ fault, hasBFrames }) => fault === null && !hasBFrames);
  const measuredOf = (kind: StreamKind) => streams.find((stream) => stream.kind === kind)?.kilobitsPerSecond ?? null;
  const tested = { main: measuredOf('main'), sub: measuredOf('sub') };
  const entry: CameraEntry = {
    host,
    port: found.port,
    username,
    password,
    transport,
    streams: found.streams,
    ...(at.by === 'onvif' ? { onvif: { port: at.port, path: at.path ?? onvifDevicePath } } : {}),
    tested,
  };
  return { report: { ...measured, isUsable, advice: advise(measured) }, entry };
}

async function locate({ at, username, password }: CameraToTest, options: TestOptions): Promise<FoundStreams> {
  const { rules, signal, timings } = options;
  const credentials = username === undefined ? undefined : { username, password: password ?? new Secret('') };
  const onvif = { host: at.host, credentials, rules, signal, answerTimeoutMs: timings.answerTimeoutMs };
  if (at.by === 'onvif') {
    return findStreams({ ...onvif, port: at.port, ...(at.path === undefined ? {} : { path: at.path }) });
  }
  const { main, sub } = at.streams;
  const streams = { ...(main === undefined ? {} : { main }), ...(sub === undefined ? {} : { sub }) };
  return { port: at.port, streams, device: null, clockErrorMs: await readClock({ ...onvif, port: onvifPort }) };
}

const onvifPort = 80;

/** Most cameras that are entered by hand speak ONVIF as well; those that do not tell no clock. */
async function readClock(options: Parameters<typeof OnvifClient.open>[0]): Promise<number | undefined> {
  const client = await OnvifClient.open(options);
  return client.readClock().catch((error: unknown) => {
    options.signal.throwIfAborted();
    if (error instanceof CameraError) return undefined;
    throw error;
  });
}
