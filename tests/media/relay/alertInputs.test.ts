import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { AlertInput } from '@commonsight/types/relay/alert-input';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainRule } from '../../faults/sharing/sharingRules.ts';
import { SharingStage } from '../../faults/sharing/SharingStage.ts';
import type { OnvifFaultName } from '../../support/onvif-simulator/onvifFaults.ts';
import { type OnvifCamera, startOnvifCamera } from '../../support/onvif-simulator/startOnvifCamera.ts';
import { RelayProcess } from './support/RelayProcess.ts';
import { waitFor } from './support/waitFor.ts';

const signIn = { username: 'viewer', password: 'p%<&1 "x"' };
let stage: SharingStage;
let onvif: OnvifCamera;
let cameraId: string;

beforeAll(async () => {
  stage = await SharingStage.open();
  onvif = await startOnvifCamera({
    name: 'Camera with a button',
    rtspPort: stage.simulator.port,
    streams: [{ path: '/camera/sub', width: 640, height: 360 }],
    signIn: { ...signIn, by: 'token' },
    inputs: { tokens: ['button', 'door'], longestLifeMs: 4_000 },
    faults: ['clockFast'],
  });
  cameraId = await stage.relay.addCamera({
    port: stage.simulator.port,
    ...signIn,
    streams: { sub: '/camera/sub' },
    onvif: { port: onvif.port },
  });
}, 600_000);

afterAll(async () => {
  await stage?.close();
  await onvif?.close();
});

const alertSettings = { seconds: 600, mostSeconds: 600, note: '' };

/** The owner lets these inputs begin an alert. */
const choose = (inputs: readonly AlertInput[]) =>
  stage.offer(
    stage.sign({ [cameraId]: plainRule('onAlert') }, plainRule('off'), { alert: alertSettings, inputs: [...inputs] }),
  );

const status = async () => (await RelayProcess.run(['alert', 'status', '--folder', stage.relay.folder])).output;
const stateOf = async () => {
  const { cameras } = await stage.relay.server.ask('relay:readHealth', {});
  return cameras.find((one) => one.cameraId === cameraId)?.alertInput;
};
const times = (question: string) => onvif.asked.filter((one) => one === question).length;
/** The camera has been asked again after something: what it had to say by then is known. */
const askedAgain = async () => {
  const before = times('PullMessages');
  await waitFor('two more questions', () => times('PullMessages') >= before + 2);
};

test('ALE9 an input that the owner has chosen begins an alert, when it changes and not as it stands', async () => {
  // It was pressed long ago and hangs.
  onvif.inputs?.set('button', true);
  await choose([]);
  expect(await stateOf()).toBeUndefined();
  expect(times('CreatePullPointSubscription')).toBe(0);

  await choose([{ cameraId, input: 'button', startsWhen: 'on' }]);
  await waitFor('the inputs are heard', async () => (await stateOf()) === 'heard');
  await askedAgain();
  expect(await status()).toContain('No alert since');

  onvif.inputs?.set('button', false);
  onvif.inputs?.set('door', true);
  await askedAgain();
  expect(await status()).toContain('No alert since');

  onvif.inputs?.set('button', true);
  await waitFor('the alert shares', async () => (await status()).includes('are shared'));
  const stream = await stage.relay.start(cameraId);
  await stream.untilMorePackets(30);
  expect(onvif.refused).toBe(0);
  await stream.stop();
});

test('ALE9 a subscription is renewed in time, and begun anew when the camera has forgotten it', async () => {
  await waitFor('it is renewed', () => times('Renew') >= 2);
  expect(times('CreatePullPointSubscription')).toBe(1);
  onvif.inputs?.forget();
  await waitFor('it is begun anew', () => times('CreatePullPointSubscription') === 2);
  await waitFor('the inputs are heard', async () => (await stateOf()) === 'heard');
  expect(onvif.inputs?.subscriptions).toBe(1);
});

test('ALE9 after an alert no input begins the next one by itself', async () => {
  await stage.order('end');
  onvif.inputs?.set('button', false);
  onvif.inputs?.set('button', true);
  await waitFor('the input is passed over', () => stage.relay.relay.output.includes('was passed over'));
  expect(await status()).toContain('is over');
});

test('ALE9 a press while the connection was broken counts, and after a restart how it stands is no press', async () => {
  await stage.relay.restartRelay('SIGTERM', { LOG_LEVEL: 'info' });
  await waitFor('the inputs are heard', async () => (await stateOf()) === 'heard');
  await askedAgain();
  expect(await status()).toContain('No alert since');
  onvif.inputs?.set('button', false);
  await askedAgain();

  onvif.inputs?.forget();
  onvif.inputs?.set('button', true);
  await waitFor('the alert begins', async () => /Alert (?:begins|runs)/.test(await status()));
  await stage.order('end');
});

test('ALE9 a camera that is not chosen any more is told goodbye', async () => {
  await waitFor('the inputs are heard', async () => (await stateOf()) === 'heard');
  await choose([]);
  await waitFor('the goodbye', () => onvif.inputs?.subscriptions === 0);
  await waitFor('nothing is said of its inputs', async () => (await stateOf()) === undefined);
  expect(onvif.inputs?.subscriptions).toBe(0);
});

const hostile: readonly OnvifFaultName[] = [
  'serviceElsewhere',
  'serviceOnOtherPort',
  'subscriptionElsewhere',
  'entityBomb',
  'outsideEntity',
  'deepAnswer',
  'hugeAnswer',
  'neverEnding',
  'silent',
  'redirects',
  'asksInClear',
];

test('ALE9 hostile devices lead the relay nowhere, and it hears the others meanwhile', async () => {
  const heard: string[] = [];
  const elsewhere = createServer((socket) => void heard.push(String(socket.destroy().localPort)));
  elsewhere.listen(0, '127.0.0.9');
  await once(elsewhere, 'listening');
  const lure = `127.0.0.9:${(elsewhere.address() as AddressInfo).port}`;
  const streams = [{ path: '/live', width: 640, height: 360 }];
  const open = (fault: OnvifFaultName) =>
    startOnvifCamera({ name: fault, rtspPort: 9, streams, inputs: { tokens: ['button'] }, faults: [fault], lure });
  const liars = await Promise.all(hostile.map(open));
  try {
    const ids = await Promise.all(
      liars.map(({ port }) =>
        stage.relay.addCamera({ port: 9, ...signIn, streams: { sub: '/live' }, onvif: { port } }),
      ),
    );
    await choose([cameraId, ...ids].map((id) => ({ cameraId: id, input: null, startsWhen: 'on' })));
    const lines = () => stage.relay.relay.output.split('\n');
    for (const [at, id] of ids.entries()) {
      await waitFor(`${hostile[at]} fails`, () =>
        lines().some((line) => line.includes(id) && line.includes('will be tried again')),
      );
    }
    await waitFor('the good one is heard', async () => (await stateOf()) === 'heard');
    expect(heard).toEqual([]);
    expect(stage.relay.relay.output).not.toContain(signIn.password);
  } finally {
    for (const liar of liars) await liar.close();
    elsewhere.close();
  }
});
