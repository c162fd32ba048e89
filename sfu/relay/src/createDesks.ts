import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { AlertInputs } from './alert-input/AlertInputs.ts';
import type { AlertCommands } from './alert/AlertCommands.ts';
import { AlertDesk } from './alert/AlertDesk.ts';
import type { Alerts } from './alert/Alerts.ts';
import { ingestTimings } from './ingest/timings.ts';
import type { RelayLink } from './link/RelayLink.ts';
import { PreviewDesk } from './preview/PreviewDesk.ts';
import type { AddressRules } from './rtsp/resolveAddress.ts';
import type { DigestMemory } from './rtsp/SignInRule.ts';
import type { Sharing } from './sharing/Sharing.ts';
import { SharingDesk } from './sharing/SharingDesk.ts';
import { StillDesk } from './stills/StillDesk.ts';
import type { Streams } from './streams/Streams.ts';

export interface DesksOptions {
  readonly folder: string;
  readonly relayId: string;
  readonly deviceKey: KeyObject;
  readonly sharing: Sharing;
  readonly alerts: Alerts;
  readonly alertInputs: AlertInputs;
  readonly alertCommands: AlertCommands;
  readonly streams: Streams;
  /** Where cameras may be dialled. */
  readonly rules: AddressRules;
  readonly digestMemory: DigestMemory;
  /** Asked for the first time when the link stands. */
  readonly link: () => Pick<RelayLink, 'ask' | 'tell'>;
  readonly log: Logger;
}

/** What answers the relay's owner, over the link and at the console, and has everything follow the owner's word. */
export interface Desks {
  readonly handlers: SharingDesk['handlers'] & AlertDesk['handlers'] & PreviewDesk['handlers'] & StillDesk['handlers'];
  /** The owner's word was read again, and the time has moved on. */
  looked(): void;
  /** The alert opens or closes something. */
  alertChanged(): void;
  /** The streams have ended it by themselves. */
  previewStopped(previewId: string, reason: 'notShared' | 'stopped'): void;
  /** The server knows nothing yet, or is another one. */
  connected(): void;
  /** To be called when the link asks no more. */
  close(): Promise<void>;
}

export function createDesks(options: DesksOptions): Desks {
  const { folder, relayId, deviceKey, sharing, alerts, alertInputs, alertCommands, streams, link, log } = options;
  const alertLog = log.child({ part: 'alert' });
  const sharingDesk = new SharingDesk({
    folder,
    relayId,
    deviceKey,
    devicePublicKey: createPublicKey(deviceKey).export({ format: 'der', type: 'spki' }).toString('base64url'),
    sharing,
    log: log.child({ part: 'sharing' }),
    tell: async (state) => void (await link().ask('sharing:tell', state)),
  });
  const alertDesk = new AlertDesk({
    relayId,
    deviceKey,
    alerts,
    sharing,
    log: alertLog,
    tell: async (alert) => void (await link().ask('alert:tell', { alert })),
  });
  const previewDesk = new PreviewDesk({
    relayId,
    sharing,
    streams,
    log: log.child({ part: 'preview' }),
    tell: (previewId, reason) => link().tell('preview:stopped', { previewId, reason }),
  });
  const stillDesk = new StillDesk({
    folder,
    relayId,
    deviceKey,
    sharing,
    rules: options.rules,
    digestMemory: options.digestMemory,
    answerTimeoutMs: ingestTimings.answerTimeoutMs,
    log: log.child({ part: 'stills' }),
  });
  return {
    handlers: { ...sharingDesk.handlers, ...alertDesk.handlers, ...previewDesk.handlers, ...stillDesk.handlers },
    looked: () => {
      alerts.heed();
      void alertInputs.look();
      previewDesk.heed();
      streams.obeyOwner();
      sharingDesk.tellChanges();
      alertDesk.tellChanges();
      alertCommands
        .serve((act) => (act === 'status' ? alerts.state : alerts.act(act, 'console')))
        .catch((error: unknown) => alertLog.error({ err: error }, 'a command about the alert could not be read'));
    },
    alertChanged: () => {
      streams.obeyOwner();
      alertDesk.tellChanges();
    },
    previewStopped: (previewId, reason) => previewDesk.stopped(previewId, reason),
    connected: () => {
      sharingDesk.connected();
      alertDesk.connected();
      previewDesk.connected();
    },
    close: async () => {
      previewDesk.close();
      await stillDesk.close();
    },
  };
}
