import { createPrivateKey, createPublicKey } from 'node:crypto';
import { answerLinkRequest } from '@commonsight/types/link';
import { relayRequests } from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import { AlertInputs } from './alert-input/AlertInputs.ts';
import { AlertCommands } from './alert/AlertCommands.ts';
import { Alerts } from './alert/Alerts.ts';
import { openWebhook } from './alert/openWebhook.ts';
import { measureTimings } from './camera-test/testCamera.ts';
import { NewCameras } from './camera-test/NewCameras.ts';
import { readTestedRates } from './cameras/readTestedRates.ts';
import type { Config } from './config.ts';
import { createDesks, type Desks } from './createDesks.ts';
import { isLocalServer } from './enrolment/isLocalServer.ts';
import type { RelayFile } from './enrolment/RelayFile.ts';
import { toWireError } from './errors.ts';
import { CameraChecks } from './health/CameraChecks.ts';
import { RelayHealthReader } from './health/RelayHealthReader.ts';
import { ingestTimings } from './ingest/timings.ts';
import { RelayLink } from './link/RelayLink.ts';
import { ServerClock } from './link/ServerClock.ts';
import { openOwnerPage } from './owner-page/openOwnerPage.ts';
import { SealingKey } from './sealing/SealingKey.ts';
import { MaskingPlaces } from './masks/MaskingPlaces.ts';
import { Sharing } from './sharing/Sharing.ts';
import { DigestMemory } from './rtsp/SignInRule.ts';
import type { AddressRules } from './rtsp/resolveAddress.ts';
import { Streams } from './streams/Streams.ts';
import { UploadPlan } from './upload/UploadPlan.ts';
import { WitnessJob } from './witness/WitnessJob.ts';

export interface RelayOptions {
  /** Who this relay is, from its enrolment. */
  readonly identity: RelayFile;
  /** Where its cameras are written down. */
  readonly folder: string;
  readonly config: Config;
  readonly log: Logger;
}

export interface Relay {
  close(): Promise<void>;
}

const clockTellIntervalMs = 1_000;
/** As often as what leaves is measured against the owner's limit. */
const uploadLookIntervalMs = 2_000;
const clockReadIntervalMs = 10_000;
/** One trip may be slow by chance; of a handful one is not. */
const firstClockReads = 5;

/** Builds the relay and lets it run until it is closed. */
export async function createRelay({ identity, folder, config, log }: RelayOptions): Promise<Relay> {
  const clock = new ServerClock();
  // Sharing and alerts tell of changes from their beginning on; until streams and desks stand nothing has to follow.
  let desks: Desks | undefined;
  const alertLog = log.child({ part: 'alert' });
  const alerts = new Alerts({
    // Asked for the first time when the sharing stands.
    sharingState: () => sharing.state,
    log: alertLog,
    onChanged: () => desks?.alertChanged(),
  });
  const rules = cameraRules(config);
  const alertInputs = new AlertInputs({
    folder,
    rules,
    sharingState: () => sharing.state,
    awaitsOwner: (cameraId) => sharing.awaitsOwner(cameraId),
    alerts,
    log: log.child({ part: 'alertInput' }),
  });
  const alertCommands = new AlertCommands(folder);
  await alertCommands.forget();
  const sharing: Sharing = await Sharing.open({
    folder,
    relayId: identity.relayId,
    log: log.child({ part: 'sharing' }),
    runningAlert: () => alerts.running,
    onLooked: () => desks?.looked(),
  });
  // One for all who sign in: what a camera showed to its check, its stream believes no less of.
  const digestMemory = new DigestMemory();
  const newCameras = new NewCameras({
    folder,
    rules,
    log: log.child({ part: 'newCameras' }),
    sealingKey: await SealingKey.open(folder, identity.relayId),
    timings: measureTimings,
    targets: config.discoveryTargets,
    isAllowed: config.areCamerasTakenOverLink,
    digestMemory,
    awaitOwner: (cameraId) => sharing.awaitOwner(cameraId),
    forgetAdded: (cameraId) => sharing.forgetAdded(cameraId),
    isMasked: (cameraId) => sharing.masksOf(cameraId) !== null,
  });
  const upload = new UploadPlan({
    limit: () => {
      const { state } = sharing;
      return state.is === 'paired' ? (state.document?.upload?.mostKilobitsPerSecond ?? null) : null;
    },
    sending: () => streams.sending,
    readTested: () => readTestedRates(folder),
    log: log.child({ part: 'upload' }),
  });
  const streams: Streams = await Streams.create({
    folder,
    log,
    relayId: identity.relayId,
    serverKey: createPublicKey({ key: fromBase64(identity.serverPublicKey), format: 'der', type: 'spki' }),
    rules,
    // The SFU host is on this machine only when the server is.
    uplinkRules: { isLoopbackAllowed: isLocalServer(identity.serverUrl), isLinkLocalAllowed: false },
    sharing,
    upload,
    mayStart: () => !(config.isAlarmRefusing && witness.isAlarmed),
    digestMemory,
    maskingPlaces: new MaskingPlaces(config.mostMaskedStreams),
    timings: ingestTimings,
    playoutDelay: config.playoutDelay,
    listener: {
      healthChanged: (stream, health) => link.tell('stream:healthChanged', { ...stream, health }),
      stopped: (stream, reason) => link.tell('stream:stopped', { ...stream, reason, at: new Date().toISOString() }),
      previewStopped: (previewId, reason) => desks?.previewStopped(previewId, reason),
    },
  });
  await upload.look(performance.now());
  const deviceKey = createPrivateKey({ key: fromBase64(identity.deviceKey), format: 'der', type: 'pkcs8' });
  desks = createDesks({
    folder,
    relayId: identity.relayId,
    deviceKey,
    sharing,
    alerts,
    alertInputs,
    alertCommands,
    streams,
    rules,
    digestMemory,
    link: () => link,
    log,
  });
  const checks = new CameraChecks({
    folder,
    rules,
    digestMemory,
    roundMs: config.cameraCheckSeconds * 1_000,
    answerTimeoutMs: measureTimings.answerTimeoutMs,
    isRunning: (cameraId) => streams.sending.some(({ identity: { cameraId: id } }) => id === cameraId),
  });
  if (config.cameraCheckSeconds > 0) checks.start();
  const health = new RelayHealthReader({
    folder,
    checkOf: (cameraId) => checks.of(cameraId),
    awaitsOwner: (cameraId) => sharing.awaitsOwner(cameraId),
    alertInputOf: (cameraId) => alertInputs.stateOf(cameraId),
    running: () => streams.sending,
    upload,
    worker: () => streams.workerUsage(),
  });
  const logUnknown = (error: unknown) => log.error({ err: error }, 'a request failed');
  const webhook = await openWebhook({ folder, listen: config.alertListen, alerts, log: alertLog });
  const ownerPage = await openOwnerPage({
    folder,
    relayId: identity.relayId,
    siteName: identity.siteName,
    listen: config.ownerListen,
    log: log.child({ part: 'ownerPage' }),
  });
  const handlers = {
    ...streams.handlers,
    ...desks.handlers,
    ...newCameras.handlers,
    ...health.handlers,
  };
  const link = new RelayLink({
    log,
    proof: {
      serverUrl: identity.serverUrl,
      relayId: identity.relayId,
      deviceKey,
      serverPublicKey: identity.serverPublicKey,
    },
    answerRequest: (name, payload) =>
      answerLinkRequest(relayRequests, handlers, (error) => toWireError(error, logUnknown), name, payload),
    onConnected: () => {
      witness.connected();
      desks?.connected();
      clock.forget();
      void readClock(firstClockReads);
      for (const { identity: stream, health } of streams.running) {
        link.tell('stream:healthChanged', { ...stream, health });
      }
    },
  });
  const readClock = async (times: number): Promise<void> => {
    for (let time = 0; time < times && link.isConnected; time += 1) {
      const askedAtMs = performance.now();
      // An answer that stays away is no news: the link itself tells when it is lost.
      const answer = await link.ask('clock:read', {}).catch(() => undefined);
      if (answer !== undefined) clock.noteTrip(askedAtMs, answer.serverTimeMs, performance.now());
    }
  };
  const tellClocks = (): void => {
    for (const { streamId, rtpTimestamp, atMs } of streams.takeLastFrames()) {
      const receivedAtMs = clock.toServerTimeMs(atMs);
      if (receivedAtMs !== undefined) link.tell('stream:clock', { streamId, rtpTimestamp, receivedAtMs });
    }
  };
  const lookAtUpload = async (): Promise<void> => {
    if (await upload.look(performance.now())) streams.endForUpload();
  };
  const uploadLooker = setInterval(() => void lookAtUpload(), uploadLookIntervalMs);
  const clockReader = setInterval(() => void readClock(1), clockReadIntervalMs);
  const clockTeller = setInterval(tellClocks, clockTellIntervalMs);
  const witness = WitnessJob.start({
    identity,
    folder,
    log: log.child({ part: 'witness' }),
    link: {
      get isConnected() {
        return link.isConnected;
      },
      introduce: async (witnessKey, alarm) => (await link.ask('log:introduce', { witnessKey, alarm })).logKey,
      cosign: async (note) => void (await link.ask('log:cosign', { note })),
    },
  });
  link.start();

  return {
    close: async () => {
      clearInterval(uploadLooker);
      clearInterval(clockReader);
      clearInterval(clockTeller);
      await webhook?.close();
      await ownerPage?.close();
      alerts.close();
      await sharing.close();
      await alertInputs.close();
      await witness.close();
      await link.close();
      await desks?.close();
      health.close();
      await checks.close();
      await newCameras.close();
      await streams.close();
    },
  };
}

/** Where cameras may be dialled. */
export function cameraRules(config: Config): AddressRules {
  return { isLoopbackAllowed: config.areLoopbackCamerasAllowed, isLinkLocalAllowed: true };
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
