import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushMessage, PushTarget, PushTopic } from '@commonsight/types/push';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { cameraOf, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { openPairedIn } from './ownerPage.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

const id = '0192f0c1-0000-7000-8000-000000000001';

// A browser without an account of its maker's has no push service: the story's takes messages in its place, and what is in one
// reaches the worker through the browser's own way for tests. That they can be decrypted the server's tests show.
test('an owner makes the page an app, allows messages, is asked by one, and sees nothing old without a connection', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const service = await startPushService();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.grantPermissions(['notifications'], { origin: new URL(trainingCity().url).origin });
  await context.addInitScript(subscribeThere, service.target);
  const owner = await openPairedIn(context, cameraOf(trainingCity(), 5).id);
  const panel = owner.getByRole('region', { name: 'Alert', exact: true });
  const messages = owner.getByRole('region', { name: 'Push messages to your devices' });

  await test.step('the page has a manifest without faults, and icons', async () => {
    const devtools = await context.newCDPSession(owner);
    const { url, errors, data: text } = await devtools.send('Page.getAppManifest');
    expect(url).toContain('/owner.webmanifest');
    expect(errors).toEqual([]);
    const { icons } = z.object({ icons: z.array(z.object({ src: z.string() })) }).parse(JSON.parse(text ?? ''));
    const pictures = [...icons.map(({ src }) => src), '/owner-icon-full-180.png', '/owner-badge-96.png'];
    for (const src of pictures) {
      const answer = await owner.request.get(trainingCity().url + src);
      expect([src, answer.status(), answer.headers()['content-type']]).toEqual([
        src,
        200,
        expect.stringMatching(/^image\//),
      ]);
    }
  });

  await test.step('messages are allowed after a press, and one that is asked for comes', async () => {
    await expect(messages).toContainText('when police ask for recordings');
    await looksRight(owner, 'before');
    await messages.getByLabel('Name of this device').fill('Phone of the story');
    await messages.getByRole('button', { name: 'Allow push messages on this device' }).click();
    await expect(messages).toContainText('Push messages come to this device.');
    await messages.getByRole('button', { name: 'Send one to try' }).click();
    await expect.poll(() => service.posts).toBe(1);
    await looksRight(owner, 'messages');
  });

  await test.step('the worker shows what came', async () => {
    const deliver = await workerOf(context, owner);
    await deliver({ kind: 'alertBegan', alertId: id, isTest: false, trigger: 'webhook' });
    await expect.poll(() => noticesOf(owner)).toContain('Alert at Corner shop');
    await deliver({ kind: 'alertEnded', alertId: id, isTest: false, end: 'time', hasShared: true });
    await expect.poll(() => noticesOf(owner)).toEqual(['Alert at Corner shop has ended']);
  });

  await test.step('a message of an alert opens the page, without its link, at the question', async () => {
    await owner.getByRole('checkbox', { name: 'All cameras' }).check();
    await owner.getByLabel('Mode of the chosen cameras').selectOption('always');
    // Long enough that neither its end nor the question before it comes by itself.
    await owner.getByText('How your alerts run').click();
    await owner.getByLabel('An alert lasts (minutes)').fill('60');
    await owner.getByRole('heading', { name: /Your cameras/ }).click();
    await owner.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(owner.getByText('Saved. The relay goes by it now.')).toBeVisible();
    await owner.getByRole('button', { name: 'Make a test' }).click();
    await expect(panel).toContainText('Test alert runs');
    await expect.poll(() => service.posts).toBe(2);
    await owner.goto(`${trainingCity().url}/owner?ask=end`);
    const question = owner.getByRole('region', { name: 'End the alert now?' });
    await expect(question.getByRole('heading')).toBeFocused();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'question');
    }
    await question.getByRole('button', { name: 'End now' }).click();
    await expect(question).toHaveCount(0);
    await expect(owner.getByRole('region', { name: 'Receipt of the last alert' })).toBeVisible();
    await expect.poll(() => service.posts).toBe(3);
  });

  await test.step('without a connection nothing old is shown, and the worker’s own page after a reload', async () => {
    await context.setOffline(true);
    await expect(owner.getByText(/The server has not answered since/)).toBeVisible();
    await expect(panel).toBeHidden();
    await looksRight(owner, 'old');
    await owner.reload();
    await expect(owner.getByRole('heading', { name: 'No connection' })).toBeVisible();
    await looksRight(owner, 'offline');
    expect(await owner.evaluate(() => caches.keys())).toEqual([]);
    await context.setOffline(false);
    await expect(panel).toBeVisible();
  });

  await test.step('messages are stopped, and what the device remembers is forgotten', async () => {
    await messages.getByRole('button', { name: 'Stop push messages here' }).click();
    await messages.getByRole('button', { name: 'Forget it' }).click();
    await expect(messages.getByRole('button', { name: 'Forget it' })).toHaveCount(0);
    await owner.goto(`${trainingCity().url}/owner`);
    await expect(owner.getByLabel('Your link')).toBeVisible();
    await looksRight(owner, 'link');
  });

  await context.close();
  await service.close();
});

interface StoryPushService {
  target: PushTarget;
  /** How many messages came. */
  posts: number;
  close: () => Promise<void>;
}

async function startPushService(): Promise<StoryPushService> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      service.posts += 1;
      response.writeHead(201).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const service: StoryPushService = {
    posts: 0,
    target: {
      endpoint: `http://127.0.0.1:${port}/send/story`,
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return service;
}

/** In the page: its push service is the story's. */
function subscribeThere({ endpoint, p256dh, auth }: PushTarget): void {
  const bytesOf = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0)).buffer;
  const mark = 'story-push-key';
  const made = (key: string) => ({
    endpoint,
    options: { userVisibleOnly: true, applicationServerKey: bytesOf(key) },
    getKey: (name: string) => bytesOf(name === 'p256dh' ? p256dh : auth),
    unsubscribe: async () => {
      localStorage.removeItem(mark);
      return true;
    },
  });
  Object.assign(PushManager.prototype, {
    subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
      const key = btoa(String.fromCharCode(...applicationServerKey));
      localStorage.setItem(mark, key);
      return made(key);
    },
    getSubscription: async () => {
      const key = localStorage.getItem(mark);
      return key === null ? null : made(key);
    },
  });
}

/** What gives the worker a message as if its push service had. */
async function workerOf(context: BrowserContext, page: Page): Promise<(about: PushTopic) => Promise<void>> {
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL.endsWith('/owner') && !isDeleted);
      if (found !== undefined) resolve(found.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (about) => {
    const message: PushMessage = {
      format: 'commonsight-push-message-1',
      subscriptionId: id,
      siteName: 'Corner shop',
      isDiscreet: false,
      sentAt: new Date().toISOString(),
      about,
    };
    const { origin } = new URL(trainingCity().url);
    await devtools.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId,
      data: JSON.stringify(message),
    });
  };
}

function noticesOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title }) => title);
  });
}
