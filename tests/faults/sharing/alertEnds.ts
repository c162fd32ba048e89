import { alertArmMs } from '@commonsight/types/relay/alert';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import { clockMoved } from './movableClock.ts';
import type { SharingStage } from './SharingStage.ts';

export const alertSeconds = 10;

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });
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

export const alertFaults: readonly AlertFault[] = [
  {
    name: 'the server is gone',
    strike: (stage) => stage.relay.server.close(),
    mend: async (stage) => {
      await stage.relay.server.listen(stage.serverPort);
      await stage.relay.server.untilConnected();
    },
  },
  {
    name: 'the network to the server swallows everything',
    strike: async (stage) => stage.link.cut(),
    mend: async (stage) => {
      const { connections } = stage.relay.server;
      stage.link.mend();
      await waitFor('the relay connects again', () => stage.relay.server.connections > connections);
    },
  },
  {
    name: 'the clock is set on by an hour',
    clockMs: hourMs,
    strike: (stage) => clockMoved(stage.relay.relay),
    mend: nothing,
  },
  {
    name: 'the clock is set back by an hour',
    clockMs: -hourMs,
    strike: (stage) => clockMoved(stage.relay.relay),
    mend: nothing,
  },
];

/** Milliseconds from when the alert's time is over to the last packet that arrives: a little below zero or above. */
export async function alertEnd(stage: SharingStage, { strike, mend }: AlertFault): Promise<number> {
  const camera = await stage.addCamera();
  const alert = { seconds: alertSeconds, mostSeconds: alertSeconds, note: '' };
  await stage.offer(stage.sign({ [camera]: rule('onAlert') }, rule('off'), { alert }));
  const endsAt = new Date(Date.now() + monthMs).toISOString();
  const start = () => stage.relay.start(camera, { grants: [stage.relay.server.signGrant(camera, { endsAt })] });
  const isRefused = await start().then(
    () => false,
    () => true,
  );
  if (!isRefused) throw new Error('The camera is shared without an alert.');
  const orderedAtMs = performance.now();
  const told = await stage.order('start');
  // By the relay's word, so that the way of the order does not count.
  const sharesAtMs = performance.now() + told.leftMs;
  const stream = await waitFor('the alert shares the camera', () => start().catch(() => undefined));
  if (performance.now() < orderedAtMs + alertArmMs) throw new Error('The camera is shared while the alert arms.');
  await stream.untilMorePackets(30);
  await strike(stage);
  await waitFor('no session', () => stage.simulator.camera('camera').counters.openSessions === 0);
  const last = stream.uplink.packets.at(-1)?.arrivedAtMs;
  stream.uplink.close();
  await mend(stage);
  if (last === undefined) throw new Error('No packet came during the alert.');
  return last - (sharesAtMs + alertSeconds * 1_000);
}
