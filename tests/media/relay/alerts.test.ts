import { alertArmMs } from '@commonsight/types/relay/alert';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertEnd, alertFaults, alertSeconds } from '../../faults/sharing/alertEnds.ts';
import { SharingStage } from '../../faults/sharing/SharingStage.ts';
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
  const stream = await waitFor('the alert shares the camera', () => stage.relay.start(camera).catch(() => undefined));
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

test.each(alertFaults)('ALE6 an alert ends on time when $name', async (fault) => {
  await stage.makeFallible(fault.clockMs ?? 0);
  const lateMs = await alertEnd(stage, fault);
  expect(lateMs).toBeGreaterThan(-1_000 * alertSeconds);
  expect(lateMs).toBeLessThan(2_000);
});
