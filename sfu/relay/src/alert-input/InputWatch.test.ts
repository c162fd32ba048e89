import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InputWatch, inputWatchTimings } from './InputWatch.ts';
import type { InputEvent } from './readInputEvents.ts';

const patience = { timeout: 15_000, interval: 5 };
let camera: Server;
let port: number;
/** What was asked, by the name of the question. */
let asked: string[];
/** What the camera has to say, at once and again and again. */
let messages: () => string;
let told: InputEvent[];
let watch: InputWatch;

beforeEach(async () => {
  [asked, told, messages] = [[], [], () => ''];
  camera = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => void (text += part));
    request.on('end', () => {
      const name = /<s:Body[^>]*>\s*<\w+:(\w+)/.exec(text)?.[1] ?? '';
      asked.push(name);
      response.end(
        `<s:Envelope xmlns:s="urn:s"><s:Body><${name}Response>${answerTo(name)}</${name}Response></s:Body></s:Envelope>`,
      );
    });
  });
  camera.listen(0, '127.0.0.1');
  await once(camera, 'listening');
  port = (camera.address() as AddressInfo).port;
  watch = new InputWatch({
    place: async () => ({ host: '127.0.0.1', port, path: '/onvif/device_service', credentials: undefined }),
    rules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
    timings: { ...inputWatchTimings, firstRetryMs: 10 },
    log: pino({ level: 'silent' }),
    onChange: (change) => void told.push(change),
  });
});
afterEach(async () => {
  await watch.close();
  camera.closeAllConnections();
  camera.close();
});

function answerTo(name: string): string {
  const address = `http://127.0.0.1:${port}/events`;
  switch (name) {
    case 'GetCapabilities':
      return `<Capabilities><Events><XAddr>${address}</XAddr></Events></Capabilities>`;
    case 'CreatePullPointSubscription':
      return `<SubscriptionReference><Address>${address}</Address></SubscriptionReference>`;
    case 'PullMessages':
      return messages();
    default:
      return '';
  }
}

const message = (isActive: boolean) =>
  '<NotificationMessage><Topic>tns1:Device/Trigger/DigitalInput</Topic><Message><Message PropertyOperation="Changed">' +
  '<Source><SimpleItem Name="InputToken" Value="In_1"/></Source>' +
  `<Data><SimpleItem Name="LogicalState" Value="${isActive}"/></Data></Message></Message></NotificationMessage>`;
const times = (name: string) => asked.filter((one) => one === name).length;

test('ALE9 a camera that answers at once and always anew is asked ten times a second, and is news five times', async () => {
  messages = () => Array.from({ length: 200 }, (_, index) => message(index % 2 === 0)).join('');
  watch.start();
  await vi.waitFor(() => expect(watch.isHeard).toBe(true), patience);
  const [askedBefore, toldBefore, sinceMs] = [times('PullMessages'), told.length, performance.now()];
  await vi.waitFor(() => expect(times('PullMessages')).toBeGreaterThan(askedBefore + 5), patience);
  const seconds = (performance.now() - sinceMs) / 1_000;
  expect(times('PullMessages') - askedBefore).toBeLessThanOrEqual(seconds * 10 + 2);
  // One closing and one opening each.
  expect(told.length - toldBefore).toBeLessThanOrEqual(2 * (seconds * 5 + 2));
  expect(told.slice(0, 2).map(({ isActive }) => isActive)).toEqual([true, false]);
});

test('ALE9 an answer that is longer than inputs have to say is not read, and the camera is tried anew', async () => {
  messages = () => message(true).repeat(500);
  watch.start();
  await vi.waitFor(() => expect(times('PullMessages')).toBeGreaterThan(1), patience);
  expect(told).toEqual([]);
  messages = () => message(true);
  await vi.waitFor(() => expect(told).toHaveLength(1), patience);
  expect(watch.isHeard).toBe(true);
});
