import { routes } from '@commonsight/types/http/routes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';

let stage: Stage;
let administrator: StageUser;

beforeAll(async () => {
  stage = await Stage.create();
  await stage.connectRelay();
  administrator = await stage.signIn('administrator');
});
afterAll(() => stage.close());

const path = (rest: string) => `/api/relays/${stage.relay.relayId}/${rest}`;

it('passes a new camera on as it was sealed, and writes down that it was asked', async () => {
  const sealing = await administrator.get(routes.readRelaySealing.response, 'GET', path('sealing'));
  expect(sealing.sealingPoint).toHaveLength(87);
  const { cameras } = await administrator.get(routes.discoverCameras.response, 'POST', path('discover'));
  expect(cameras.map(({ name }) => name)).toEqual(['Hall']);
  const sealed = 'A'.repeat(200);
  expect((await administrator.call('POST', path('camera-tests'), { sealed })).status).toBe(429);
  expect(stage.relay.tested).toEqual([sealed]);
  for (const type of ['relay.sealingRead', 'relay.camerasDiscovered', 'relay.cameraTested'] as const) {
    const [line] = await stage.audit(type);
    expect(line).toMatchObject({ outcome: 'done', targetId: stage.relay.relayId });
    expect(JSON.stringify(line)).not.toContain(sealed);
  }
});

it('has a relay keep cameras of its own site alone', async () => {
  const [camera] = stage.cameras;
  const ticket = newId();
  const ask = (cameraId: string) => administrator.call('POST', path('cameras'), { ticket, cameraId });
  expect((await ask(newId())).status).toBe(404);
  expect(stage.relay.kept).toEqual([]);
  expect((await ask(camera?.id ?? '')).status).toBe(200);
  expect(stage.relay.kept).toEqual([{ ticket, cameraId: camera?.id }]);
  expect((await stage.audit('relay.cameraKept')).map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
});
