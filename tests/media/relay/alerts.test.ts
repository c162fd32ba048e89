import { createHmac, randomUUID } from 'node:crypto';
import { alertArmMs } from '@commonsight/types/relay/alert';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertEnd, alertFaults, alertSeconds } from '../../faults/sharing/alertEnds.ts';
import { SharingStage } from '../../faults/sharing/SharingStage.ts';
import { freePort } from '../../training/ports.ts';
import { RelayProcess } from './support/RelayProcess.ts';
import { waitFor } from './support/waitFor.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });
let stage: SharingStage;

beforeAll(async () => {
  stage = await SharingStage.open();
}, 600_000);
afterAll(() => stage.close());

const alert = async (act: string) =>
  (await RelayProcess.run(['alert', act, '--folder', stage.relay.folder], { LOG_LEVEL: 'silent' })).output;

/** Any other failure than the one that is waited for is one. */
const whenShared = (camera: string) =>
  stage.relay.start(camera).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'notShared') return undefined;
    throw error;
  });

test('ALE1 packets flow during an alert alone, which a restart of the relay ends', async () => {
  const camera = await stage.addCamera();
  const settings = { seconds: 600, mostSeconds: 600, note: '' };
  await stage.offer(stage.sign({ [camera]: rule('onAlert') }, rule('off'), { alert: settings }));
  const other = await stage.addCamera();
  await expect(stage.relay.start(camera)).rejects.toThrow('notShared');

  expect(await alert('test')).toContain('Test alert begins');
  await waitFor('the test runs', async () => (await alert('status')).includes('stay closed'));
  await expect(stage.relay.start(camera)).rejects.toThrow('notShared');

  const orderedAtMs = performance.now();
  expect((await stage.order('start')).stage).toBe('arming');
  const stream = await waitFor('the alert shares the camera', () => whenShared(camera));
  expect(performance.now() - orderedAtMs).toBeGreaterThan(alertArmMs);
  await expect(stage.relay.start(other)).rejects.toThrow('notShared');
  await stream.untilMorePackets(60);

  const endedAtMs = performance.now();
  expect((await stage.order('end')).end).toBe('owner');
  expect(await waitFor('the end', () => stream.stopReason)).toBe('notShared');
  await waitFor('no session', () => stage.simulator.camera('camera').counters.openSessions === 0);
  expect((stream.uplink.packets.at(-1)?.arrivedAtMs ?? 0) - endedAtMs).toBeLessThan(2_000);

  await stage.order('start');
  await waitFor('the alert runs', async () => (await alert('status')).includes('are shared'));
  await stage.relay.restartRelay('SIGKILL', { LOG_LEVEL: 'info' });
  await stage.relay.server.untilConnected();
  expect(await alert('status')).toContain('No alert since');
  await expect(stage.relay.start(camera)).rejects.toThrow('notShared');
});

test('ALE4 an order that the server holds back begins nothing after the owner has ended all', async () => {
  const camera = await stage.addCamera();
  await stage.offer(stage.sign({ [camera]: rule('onAlert') }, rule('off')));
  const held = await stage.signOrder('start');
  const { server } = stage.relay;
  await server.ask('alert:order', { signed: await stage.signOrder('end') });
  await expect(server.ask('alert:order', { signed: held })).rejects.toThrow('notPermitted');
  expect(await alert('status')).not.toContain('begins');
});

test('ALE5 a button of the local network begins an alert, and what was captured of it begins none after a restart', async () => {
  const camera = await stage.addCamera();
  await stage.offer(stage.sign({ [camera]: rule('onAlert') }, rule('off')));
  const [, key = ''] = /: ([0-9a-f]{64})/.exec(await alert('key')) ?? [];
  const port = await freePort('127.0.0.1');
  const env = { LOG_LEVEL: 'info', RELAY_ALERT_LISTEN: `127.0.0.1:${port}` };
  await stage.relay.restartRelay('SIGTERM', env);
  const captured = pressOf(key);
  const press = async () => (await fetch(`http://127.0.0.1:${port}/alert`, captured)).status;
  expect(await press()).toBe(204);
  const stream = await waitFor('the alert shares the camera', () => whenShared(camera));
  await stream.untilMorePackets(30);
  await stage.relay.restartRelay('SIGKILL', env);
  expect(await press()).toBe(403);
  expect(await alert('status')).toContain('No alert since');
});

/** What a button sends, made as README.md of the relay says. */
function pressOf(key: string) {
  const body = '{"act":"start"}';
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const nonce = randomUUID();
  const text = `commonsight-alert-webhook-v1\n${timestamp}\n${nonce}\n${body}`;
  const headers = {
    'x-commonsight-timestamp': timestamp,
    'x-commonsight-nonce': nonce,
    'x-commonsight-signature': createHmac('sha256', key).update(text).digest('hex'),
  };
  return { method: 'POST', headers, body };
}

test.each(alertFaults)('ALE6 an alert ends on time when $name', async (fault) => {
  await stage.makeFallible(fault.clockMs ?? 0);
  const lateMs = await alertEnd(stage, fault);
  expect(lateMs).toBeGreaterThan(-1_000 * alertSeconds);
  expect(lateMs).toBeLessThan(2_000);
});
