import { randomUUID } from 'node:crypto';
import { alertArmMs } from '@commonsight/types/relay/alert';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import { askStart, taken } from './askRelay.ts';
import { clockMoved } from './movableClock.ts';
import { ServerSocket } from './ServerSocket.ts';
import type { SharingStage } from './SharingStage.ts';
import { plainRule } from './sharingRules.ts';

export const alertSeconds = 10;

const hourMs = 3_600_000;
const monthMs = 30 * 24 * hourMs;

export interface AlertFault {
  readonly name: string;
  /** By how much the relay's clock can be moved. */
  readonly clockMs?: number;
  /** Happens while the alert shares the camera. */
  readonly strike: (stage: SharingStage) => Promise<void>;
  readonly mend: (stage: SharingStage) => Promise<void>;
}

const nothing = async () => undefined;

/** New connections are made, at which the relay reads the server's clock. */
async function mendLink({ link, relay }: SharingStage): Promise<void> {
  const { connections } = relay.server;
  link.mend();
  await waitFor('the relay connects again', () => relay.server.connections > connections);
}

async function setServerClock(stage: SharingStage, byMs: number): Promise<void> {
  stage.relay.server.clockOffsetMs = byMs;
  await mendLink(stage);
}

export const alertFaults: readonly AlertFault[] = [
  {
    name: 'the server is gone',
    strike: (stage) => stage.relay.server.close(),
    mend: async (stage) => {
      await stage.relay.server.listen(stage.serverPort);
      await stage.relay.server.untilConnected();
    },
  },
  { name: 'the server is killed', strike: async ({ link }) => link.kill(), mend: mendLink },
  {
    name: 'the network to the server swallows everything',
    strike: async ({ link }) => link.cut(),
    mend: mendLink,
  },
  {
    name: 'the relay’s clock is set on by an hour',
    clockMs: hourMs,
    strike: (stage) => clockMoved(stage.relay.relay),
    mend: nothing,
  },
  {
    name: 'the relay’s clock is set back by an hour',
    clockMs: -hourMs,
    strike: (stage) => clockMoved(stage.relay.relay),
    mend: nothing,
  },
  {
    name: 'the server’s clock is set on by an hour',
    strike: (stage) => setServerClock(stage, hourMs),
    mend: (stage) => setServerClock(stage, 0),
  },
  {
    name: 'the server’s clock is set back by an hour',
    strike: (stage) => setServerClock(stage, -hourMs),
    mend: (stage) => setServerClock(stage, 0),
  },
  {
    name: 'both clocks are set an hour apart from now',
    clockMs: -hourMs,
    strike: async (stage) => {
      await clockMoved(stage.relay.relay);
      await setServerClock(stage, hourMs);
    },
    mend: (stage) => setServerClock(stage, 0),
  },
];

/** Milliseconds from when the alert's time is over to the last packet that arrives: a little below zero or above. */
export async function alertEnd(stage: SharingStage, { strike, mend }: AlertFault): Promise<number> {
  const socket = await ServerSocket.open();
  try {
    const camera = await stage.addCamera();
    const alert = { seconds: alertSeconds, mostSeconds: alertSeconds, note: '' };
    await stage.offer(stage.sign({ [camera]: plainRule('onAlert') }, plainRule('off'), { alert }));
    const endsAt = new Date(Date.now() + monthMs).toISOString();
    const grants = [stage.relay.server.signGrant(camera, { endsAt })];
    const streamId = randomUUID();
    const start = () => askStart(stage, socket, { cameraId: camera, grants, streamId });
    const before = await start();
    if (before !== 'notShared') throw new Error(`Without an alert the camera is answered with ${before}.`);
    const orderedAtMs = performance.now();
    const told = await stage.order('start');
    // By the relay's word, so that the way of the order does not count.
    const sharesAtMs = performance.now() + told.leftMs;
    await waitFor('the alert shares the camera', async () => (await start()) === taken);
    if (performance.now() < orderedAtMs + alertArmMs) throw new Error('The camera is shared while the alert arms.');
    await waitFor('packets', () => socket.arrivals.length > 30);
    await strike(stage);
    await waitFor('no session', () => stage.simulator.camera('camera').counters.openSessions === 0);
    await mend(stage);
    const after = await start();
    if (after !== 'notShared') throw new Error(`After the alert the camera is answered with ${after}.`);
    const last = socket.arrivals.at(-1) ?? Number.NaN;
    return last - (sharesAtMs + alertSeconds * 1_000);
  } finally {
    socket.close();
  }
}
