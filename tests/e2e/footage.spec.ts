import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { incidentNumber, signInAs, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
/** So long that it goes in several parts. */
const footage = randomBytes(7_000_001);
const fileName =
  'Front door, a very long name that a recorder makes by itself 2026-01-05 14-30-00 (main stream, channel 3).mp4';

for (const size of sizes) {
  test(`at ${size.width}x${size.height} footage is asked for, uploaded over a broken connection and downloaded`, async ({
    browser,
  }) => {
    const place = `Market hall ${size.width}`;
    const analyst = await signInAs(browser, 'analyst');
    await analyst.setViewportSize(size);
    await analyst.goto(`${trainingCity().url}/footage-requests`);
    if (size === sizes[0]) {
      await expect(analyst.getByText('No request has been sent yet')).toBeVisible();
      await looksRight(analyst, 'empty');
    }
    const incidentId = await incidentNumber(analyst, 2041);
    await analyst.goto(`${trainingCity().url}/search?incident=${incidentId}`);
    await analyst.getByRole('button', { name: 'Find cameras' }).click();
    const found = analyst.getByRole('region', { name: 'Found cameras' });

    await test.step('a contact is revealed, and two are asked without', async () => {
      const homes = found.getByRole('listitem').filter({ hasText: 'Home camera' });
      await homes.first().getByRole('button', { name: 'Whom to ask' }).click();
      await analyst.getByRole('button', { name: 'Show the contact' }).click();
      await expect(homes.first().getByText(/@training\.example$/)).toBeVisible();
      await homes.first().getByRole('checkbox').check();
      await homes.nth(1).getByRole('checkbox').check();
      await looksRight(analyst, 'chosen');
      await found.getByRole('button', { name: 'Ask for footage of 2 cameras' }).click();
    });

    await test.step('the request is written, and its mail is shown before it goes', async () => {
      const dialog = analyst.getByRole('dialog');
      await dialog.getByLabel('Place in words').fill(place);
      await dialog.getByLabel('What to look for').fill('A red van that stopped in front of the hall.');
      await looksRight(analyst, 'write');
      await dialog.getByRole('button', { name: 'Show the mail' }).click();
      await expect(dialog.getByText('asks whether a camera that you registered')).toBeVisible();
      await looksRight(analyst, 'preview');
      await dialog.getByRole('button', { name: 'Spanish' }).click();
      await expect(dialog.getByText('pregunta si una cámara')).toBeVisible();
      await dialog.getByRole('button', { name: 'Send the request' }).click();
      const sent = analyst.getByText('2 contacts asked.');
      await expect(sent).toBeVisible();
      // What was found, and whose contact was revealed, is still there: a second reveal would be another line.
      await expect(found.getByText(/@training\.example$/)).toBeVisible();
      await expect(found.getByRole('checkbox', { checked: true })).toHaveCount(0);
      await analyst.getByRole('button', { name: 'Open the requests' }).click();
      await analyst.waitForURL(/\/footage-requests$/);
    });

    const card = analyst.getByRole('region', { name: `#2041 · ${place}` });
    await expect(card.getByRole('listitem').filter({ hasText: 'Sent' })).toHaveCount(2);
    await looksRight(analyst, 'sent');
    const links = await mailedLinks(place);
    expect(links).toHaveLength(2);
    const [first = '', second = ''] = links;

    const registrant = await openLink(browser, size, first);
    const { page } = registrant;
    await test.step('the link opens once and leaves the address; it is answered', async () => {
      await expect(page.getByRole('heading', { level: 1 })).toContainText('asks you for help');
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/footage');
      expect(registrant.asked.filter((address) => address.includes(first.split('#')[1] ?? ''))).toEqual([]);
      await looksRight(page, 'asked');
      await page.getByRole('button', { name: 'I have it' }).click();
      await expect(page.getByText('Your answer: You have it.')).toBeVisible();
      await looksRight(page, 'has-it');
    });

    await test.step('the upload survives a broken connection and a page that is opened anew', async () => {
      await page.getByLabel('Choose files').setInputFiles({
        name: 'empty.mp4',
        mimeType: 'video/mp4',
        buffer: Buffer.alloc(0),
      });
      await expect(page.getByText('This file is empty. Choose another one.')).toBeVisible();
      await page.getByRole('button', { name: 'Remove: empty.mp4' }).click();
      let parts = 0;
      let isCut = true;
      let failsOnce = false;
      let begun = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/api/registry/footage/uploads')) begun += 1;
      });
      await page.route('**/api/registry/footage/uploads/*', async (route) => {
        const method = route.request().method();
        if (method === 'PATCH') parts += 1;
        if (method === 'HEAD' && failsOnce) {
          failsOnce = false;
          return route.fulfill({ status: 503 });
        }
        // The first part arrives; after that the line is dead for a while.
        if (parts > 1 && isCut) return route.abort('connectionreset');
        return route.continue();
      });
      await choose(page);
      await expect(page.getByText(/^The connection broke at \d+ %/)).toBeVisible();
      await looksRight(page, 'broken');
      await page.reload();
      await expect(page.getByText(/has arrived to 7 %\. Choose the same file again/)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Decline' })).toBeVisible();
      await looksRight(page, 'reloaded');
      // A proxy that answers in the server's place when it is asked where to go on.
      failsOnce = true;
      await choose(page);
      await expect(page.getByText(/^The connection broke at [1-9]\d* %/)).toBeVisible();
      isCut = false;
      await expect(page.getByText('Arrived, and the same as yours')).toBeVisible();
      expect([begun, failsOnce]).toEqual([1, false]);
      await looksRight(page, 'received');
      await registrant.close();
    });

    await test.step('a visit that is over leads to another link, also after a reload', async () => {
      const over = await openLink(browser, size, first);
      await expect(over.page.getByText('This link opens nothing.')).toBeVisible();
      await over.page.reload();
      await expect(over.page.getByRole('button', { name: 'Mail me another link' })).toBeVisible();
      await over.close();
    });

    await test.step('somebody else declines in Spanish, without a reason', async () => {
      const other = await openLink(browser, size, second, 'es-MX');
      await expect(other.page.getByRole('heading', { level: 1 })).toContainText('le pide ayuda');
      await other.page.getByRole('button', { name: 'Prefiero no ayudar' }).click();
      await expect(other.page.getByText('Usted prefirió no ayudar')).toBeVisible();
      await looksRight(other.page, 'declined-es');
      await other.close();
      const again = await openLink(browser, size, second);
      await expect(again.page.getByText('This link opens nothing.')).toBeVisible();
      await looksRight(again.page, 'used');
      await again.page.getByRole('button', { name: 'Mail me another link' }).click();
      await expect(again.page.getByText('another link is in your mailbox')).toBeVisible();
      await again.close();
    });

    await test.step('the investigator downloads the same bytes', async () => {
      await analyst.reload();
      await expect(card.getByText('Received', { exact: true })).toBeVisible();
      await expect(card.getByText('Declined', { exact: true })).toBeVisible();
      await looksRight(analyst, 'answered');
      await analyst.getByLabel('Find a request').fill('no such place');
      await expect(card).toHaveCount(0);
      await analyst.getByLabel('Find a request').fill(`#2041 ${place}`);
      await analyst.getByRole('button', { name: /^Files came/ }).click();
      await expect(card).toBeVisible();
      await expect(card.getByRole('button', { name: 'Copy SHA-256' })).toBeVisible();
      await looksRight(analyst, 'narrowed');
      const download = analyst.waitForEvent('download');
      await card.getByRole('link', { name: /^Front door/ }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(fileName);
      expect((await readFile(await file.path())).equals(footage)).toBe(true);
    });
    await analyst.context().close();
  });
}

async function choose(page: Page): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles({ name: fileName, mimeType: 'video/mp4', buffer: footage });
}

async function openLink(browser: Browser, viewport: (typeof sizes)[number], link: string, locale = 'en-US') {
  const context = await browser.newContext({ viewport, locale });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  // A page that is sending something asks before it is left.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(link);
  return { page, asked, close: () => context.close() };
}

/** The links of the mails about a place; mails are sent after the answer. */
async function mailedLinks(place: string): Promise<string[]> {
  const folder = trainingCity().mailFolder;
  const read = async (): Promise<string[]> => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.filter((mail) => mail.includes(place)).flatMap((mail) => /https?:\/\/\S+#\S+/.exec(mail) ?? []);
  };
  await expect.poll(read).toHaveLength(2);
  return read();
}
