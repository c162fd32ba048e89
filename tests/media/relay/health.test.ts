import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../support/camera-simulator/startSimulator.ts';
import { RelayStage } from './support/RelayStage.ts';
import { waitFor } from './support/waitFor.ts';

let cameras: Simulator;
let stage: RelayStage;

beforeAll(async () => {
  const auth = { username: 'viewer', password: 'right', schemes: ['digest-md5'] as const };
  cameras = await startSimulator({ cameras: [{ name: 'hall', auth }, { name: 'dock' }, { name: 'gate' }] });
  stage = await RelayStage.open({ RELAY_CAMERA_CHECK_SECONDS: '1' });
}, 240_000);
afterAll(async () => {
  await stage.close();
  await cameras.close();
});

const read = () => stage.server.ask('relay:readHealth', {});
const checkOf = async (cameraId: string) => (await read()).cameras.find((one) => one.cameraId === cameraId)?.check;

test('cameras that nobody views are asked in turn, are not played, and what is wrong with each is told', async () => {
  const { port } = cameras;
  const dock = await stage.addCamera({ port, streams: { main: '/dock/main' } });
  const gone = await stage.addCamera({ port, streams: { sub: '/nobody/sub' } });
  const hall = await stage.addCamera({ port, username: 'viewer', password: 'wrong', streams: { main: '/hall/main' } });
  // Walls play the small stream: that the large one is well says nothing of it.
  const half = await stage.addCamera({ port, streams: { main: '/dock/main', sub: '/nobody/sub' } });
  const codes = await waitFor('all were asked', async () => {
    const checks = await Promise.all([dock, gone, hall, half].map(checkOf));
    return checks.every((check) => check != null) && checks.map((check) => check?.fault?.code ?? null);
  });
  expect(codes).toEqual([null, 'notFound', 'wrongPassword', 'notFound']);
  expect(cameras.counters.startedPulls).toEqual({ main: 0, sub: 0 });

  await cameras.camera('dock').setFaults('h265Only');
  await waitFor('the camera sends H265', async () => (await checkOf(dock))?.fault?.code === 'h265Only');
  await cameras.camera('dock').setFaults();
  await waitFor('it is well again', async () => (await checkOf(dock))?.fault === null);
}, 240_000);

test('a stream that runs is told with what it sends, beside processor and memory', async () => {
  const gate = await stage.addCamera({ port: cameras.port, streams: { sub: '/gate/sub' } });
  await cameras.camera('gate').setFaults('h265Only');
  await waitFor('its fault was found', async () => (await checkOf(gate))?.fault?.code === 'h265Only');
  await cameras.camera('gate').setFaults();
  const stream = await stage.start(gate);
  await stream.untilHealth('live');
  // A fault that the viewing disproves is told no longer.
  expect(await checkOf(gate)).toBeNull();
  const sending = await waitFor('its rate was measured', async () => {
    const kept = (await read()).cameras.find((one) => one.cameraId === gate);
    return (kept?.sending[0]?.kilobitsPerSecond ?? 0) > 0 && kept?.sending;
  });
  expect(sending).toMatchObject([{ kind: 'sub' }]);
  const { process, machine, camerasFault } = await read();
  expect(process.memoryMegabytes).toBeGreaterThan(20);
  expect(process.busyCores).toBeGreaterThan(0);
  expect(machine.memoryMegabytes).toBeGreaterThan(machine.freeMemoryMegabytes);
  expect(camerasFault).toBeNull();
  await stream.stop();
}, 240_000);
