import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { signInAs, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const longAddress = '1234 North Martin Luther King Junior Boulevard, Rear Building, Apartment 1207, Lakeport';

for (const size of sizes) {
  test(`at ${size.width}x${size.height} a camera is registered, verified, changed and deleted`, async ({ browser }) => {
    const { page, close } = await openRegister(browser, size, 'en-US');
    const email = `ana.${size.width}@training.example`;
    const beganAt = Date.now();
    await register(page, `anna.${size.width}@training.example`);
    test.info().annotations.push({ type: 'registered within', description: `${(Date.now() - beganAt) / 1000} s` });

    await test.step('a wrong letter in the email is corrected, with every answer kept', async () => {
      await page.getByRole('button', { name: 'Change the email, or send it again' }).click();
      await page.getByLabel('Email', { exact: true }).fill(email);
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText(longAddress)).toBeVisible();
      await page.getByRole('button', { name: 'Register the camera' }).click();
      await expect(page.getByText(`We have sent a link to ${email}.`)).toBeVisible();
    });
    const link = await mailedLink(email);

    await test.step('the training city shows the mail', async () => {
      const shown = page.waitForEvent('popup');
      await page.getByRole('link', { name: 'This is a training city' }).click();
      const mails = await shown;
      await expect(mails.getByRole('listitem').filter({ hasText: `To: ${email}` })).toHaveCount(1);
      await expect(mails.getByRole('link', { name: link })).toHaveAttribute('href', link);
      expect((await new AxeBuilder({ page: mails }).analyze()).violations).toEqual([]);
      await mails.close();
    });

    await test.step('the link opens once, and its secret leaves the address', async () => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      // A line that breaks while it opens does not cost the link.
      await page.route('**/api/registry/links/open', (route) => route.abort(), { times: 1 });
      await page.goto(link);
      await expect(page.getByText('The server does not answer.')).toBeVisible();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByText('Thank you. Your email is confirmed')).toBeVisible();
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/register/manage');
      expect(asked.filter((address) => address.includes(new URL(link).hash.slice(1)))).toEqual([]);
      await looksRight(page, 'manage');
      await page.reload();
      await expect(page.getByRole('article')).toContainText(longAddress);
    });

    await test.step('an answer is changed, with its problem beside it', async () => {
      await page.getByRole('button', { name: 'Change: Kept for' }).click();
      await page.getByLabel('Days', { exact: true }).fill('1000');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Give a whole number from 1 to 730.')).toBeVisible();
      await looksRight(page, 'change');
      await page.getByLabel('Days', { exact: true }).fill('21');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('article')).toContainText('21 days');
      await expect(page.getByRole('button', { name: 'Change: Kept for' })).toBeFocused();
      await page.getByRole('button', { name: 'Everything is still right' }).click();
      await expect(page.getByText('Thank you. It is confirmed.')).toBeVisible();
      await expect(page.getByRole('article')).toContainText('You agreed to the terms, version 1, on');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the receipt of your consent' }).click();
      const receipt = await readFile(await (await download).path(), 'utf8');
      expect(receipt).toContain('"consent":{"version":1,');
      expect(receipt).toContain('Terms of the camera registry, version 1');
    });

    await test.step('more cameras come from a file that is corrected line by line', async () => {
      await page.getByText('Register more cameras from a file').click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download a template' }).click();
      const template = await readFile(await (await download).path(), 'utf8');
      const lines = [
        ...template.split('\r\n'),
        ...Array.from(
          { length: 60 },
          (_, at) => `business,outdoor,${at + 1} Market St,43.04,-87.91,90,,,street,30,always,`,
        ),
        'home,outdoor,61 Market St,50,-87.91,90,,,street,30,sometimes,',
      ];
      await page.getByLabel('Choose a CSV file').setInputFiles({
        name: 'cameras.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(lines.join('\r\n')),
      });
      await expect(page.getByText('61 cameras are right, 1 is not.')).toBeVisible();
      await expect(page.getByText('This place is outside the area of the agency.')).toBeVisible();
      await expect(page.getByText('The column “recording” has a word that is not known.')).toBeVisible();
      await looksRight(page, 'many');
      const field = page.getByLabel('Or paste the lines here');
      await field.fill((await field.inputValue()).replace(',50,', ',43.05,').replace('sometimes', 'onMotion'));
      await expect(page.getByText('62 cameras are right.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Register 62 cameras' })).toBeDisabled();
      await page.locator('summary', { hasText: 'Terms, version 1' }).last().click();
      await looksRight(page, 'many-terms');
      await page.getByLabel('I have read the terms').check();
      await page.getByRole('button', { name: 'Register 62 cameras' }).click();
      await expect(page.getByText('62 cameras more are registered.')).toBeVisible();
      await expect(field).toHaveValue('');
      await page.getByRole('button', { name: 'All 63 cameras are still right' }).click();
      await expect(page.getByText('Thank you. All are confirmed.')).toBeVisible();
      await page.getByLabel('Find by address').fill('61 market');
      await expect(page.getByRole('article')).toHaveCount(1);
      await page.getByLabel('Find by address').fill(longAddress);
      await expect(page.getByRole('article')).toHaveCount(1);
    });

    await test.step('it is paused until a day, and resumed', async () => {
      const article = page.getByRole('article');
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByLabel('Pause until').fill(dayAhead(10));
      await page.getByRole('button', { name: 'Pause', exact: true }).last().click();
      await expect(article).toHaveAttribute('data-state', 'paused');
      await page.getByRole('button', { name: 'Resume now' }).click();
      await expect(article).toHaveAttribute('data-state', 'active');
    });

    await test.step('it is deleted, with a receipt to keep', async () => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByRole('dialog')).toContainText(longAddress);
      await looksRight(page, 'delete');
      await page.getByRole('button', { name: 'Delete now' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is deleted');
      await looksRight(page, 'receipt');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the receipt' }).click();
      const receipt = await readFile(await (await download).path(), 'utf8');
      expect(receipt).toContain('"erasedAt"');
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByText('62 of 62 cameras')).toBeVisible();
    });

    await test.step('in the visit another camera is registered without another mail', async () => {
      const mailed = (await linksTo(email)).length;
      await page.getByRole('link', { name: 'Register a camera' }).click();
      await answerCamera(page, 'Rear door, 12 Harbor St, Lakeport');
      await expect(page.getByText('It gets the contact of your newest registration')).toBeVisible();
      await page.getByLabel('I have read the terms').check();
      await page.getByRole('button', { name: 'Register the camera' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('The camera is registered');
      await looksRight(page, 'added');
      await page.getByRole('link', { name: 'Your registered cameras' }).click();
      await expect(page.getByText('63 of 63 cameras')).toBeVisible();
      expect(await linksTo(email)).toHaveLength(mailed);
    });

    await test.step('a deletion whose answer is lost is told all the same', async () => {
      await page.getByLabel('Find by address').fill('rear door');
      await expect(page.getByRole('article')).toHaveCount(1);
      await page.route(
        '**/api/registry/registrations/*',
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'Delete now' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is deleted');
      await expect(page.getByText('Its receipt did not arrive here.')).toBeVisible();
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByText('62 of 62 cameras')).toBeVisible();
    });

    await test.step('the same link opens nothing any more', async () => {
      await page.goto('about:blank');
      await page.goto(link);
      await expect(page.getByText('This link opens nothing.')).toBeVisible();
      await looksRight(page, 'used');
    });
    await close();
  });
}

test('in Spanish the first questions are answered by keyboard alone', async ({ browser }) => {
  const { page, close } = await openRegister(browser, sizes[0], 'es-MX');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('¿La cámara está en una vivienda o en un negocio?');
  await expect(heading).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Elija una opción.')).toBeVisible();
  await looksRight(page, 'es-kind');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('¿La cámara está en el interior o en el exterior?');
  await expect(heading).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('¿Dónde está la cámara?');
  await expect(page.getByText('Ciudad de prácticas', { exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Calle Ocho 8, Lakeport');
  await page.getByLabel('Latitud', { exact: true }).focus();
  await page.keyboard.type('43,04');
  await page.keyboard.press('Tab');
  await page.keyboard.type('-87,91');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('¿Hacia dónde mira?');
  await page.keyboard.press('Tab');
  const dial = page.getByRole('slider', { name: 'Dirección de la vista' });
  await expect(dial).toBeFocused();
  for (let turns = 0; turns < 2; turns += 1) await page.keyboard.press('PageUp');
  await expect(dial).toHaveAttribute('aria-valuetext', '90 grados, este');
  await looksRight(page, 'es-view');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('¿Qué se ve?');

  await page.reload();
  await expect(heading).toHaveText('¿Qué se ve?');
  await page.goBack();
  await expect(dial).toHaveAttribute('aria-valuetext', '90 grados, este');
  await close();
});

test('an administrator closes the registry, and opens it where the cameras are', async ({ browser }) => {
  const page = await signInAs(browser, 'administrator', `${trainingCity().url}/registry-area`);
  const open = page.getByRole('region', { name: 'The registry is open' });
  await expect(open).toContainText('/register');
  const north = page.getByLabel('Northern side (latitude)');
  const fields = page.getByLabel(/ side /);
  const before = await fields.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  await north.fill('95');
  await page.getByRole('button', { name: 'Save area' }).click();
  await expect(page.getByText('Give a number between −90 and 90.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: 'Close the registry' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close registry' }).click();
  await expect(page.getByRole('region', { name: 'The registry is closed' })).toBeVisible();
  const anybody = await openRegister(browser, sizes[0], 'en-US');
  await expect(anybody.page.getByText('No agency keeps a registry here yet.')).toBeVisible();
  // Who is registered already withdraws all the same.
  await anybody.page.getByRole('link', { name: 'Change or delete a registration' }).click();
  const email = anybody.page.getByLabel('Email', { exact: true });
  await email.fill('nobody');
  await anybody.page.getByRole('button', { name: 'Send the link' }).click();
  await expect(email).toBeFocused();
  await looksRight(anybody.page, 'closed');
  await email.fill('nobody@training.example');
  await anybody.page.getByRole('button', { name: 'Send the link' }).click();
  await expect(anybody.page.getByText('If cameras are registered with this email')).toBeVisible();
  await anybody.close();

  await page.getByRole('button', { name: 'Take the surroundings of the cameras' }).click();
  await page.getByRole('button', { name: 'Open the registry' }).click();
  await expect(open).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // As it was, for the other stories.
  for (const [at, degrees] of before.entries()) await fields.nth(at).fill(degrees);
  await page.getByRole('button', { name: 'Save area' }).click();
  await expect(page.getByText('Registrations are taken within this area.').first()).toBeVisible();
  await page.reload();
  await expect(north).toHaveValue(before[0] ?? '');
  await page.context().close();
});

async function openRegister(browser: Browser, viewport: (typeof sizes)[number] | undefined, locale: string) {
  if (viewport === undefined) throw new Error('A size is missing.');
  const context = await browser.newContext({
    viewport,
    locale,
    acceptDownloads: true,
    permissions: ['geolocation'],
    geolocation: { latitude: 43.0412, longitude: -87.9093, accuracy: 12 },
  });
  const page = await context.newPage();
  await page.goto(`${trainingCity().url}/register`);
  return { page, close: () => context.close() };
}

/** Answers every question, sees each, and sends. */
async function register(page: Page, email: string): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' });
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Is the camera at a home or at a business?');
  await looksRight(page, 'kind');
  await page.getByRole('radio', { name: 'Home' }).check();
  await next.click();
  await page.getByRole('radio', { name: 'Outdoors' }).check();
  await next.click();

  await page.getByLabel('Address', { exact: true }).fill(longAddress);
  await page.getByLabel('Latitude', { exact: true }).fill('44');
  await page.getByLabel('Longitude', { exact: true }).fill('-87.91');
  await next.click();
  await expect(page.getByText('This place is outside the area of the agency.')).toBeVisible();
  await expect(page.getByLabel('Latitude', { exact: true })).toBeFocused();
  await looksRight(page, 'outside');
  await page.getByLabel('Latitude', { exact: true }).fill('');
  await page.getByRole('region', { name: 'Map' }).locator('canvas').click();
  await expect(page.getByLabel('Latitude', { exact: true })).toHaveValue(/^43\.0/);
  const placed = await page.getByLabel('Longitude', { exact: true }).inputValue();
  await page.getByRole('button', { name: /^Camera on the map/ }).press('ArrowRight');
  await expect(page.getByLabel('Longitude', { exact: true })).not.toHaveValue(placed);
  await looksRight(page, 'place');
  await next.click();

  await expect(heading).toHaveText('Which way does it look?');
  await page.getByRole('slider', { name: 'Direction' }).press('ArrowLeft');
  await looksRight(page, 'view');
  await next.click();
  await page.getByRole('checkbox', { name: 'Street' }).check();
  await page.getByRole('checkbox', { name: 'Entrance' }).check();
  await looksRight(page, 'covers');
  await next.click();
  await page.getByLabel('Days', { exact: true }).fill('14');
  await page.getByLabel('Days', { exact: true }).press('Enter');
  await page.getByRole('radio', { name: 'When something moves' }).check();
  await next.click();
  await page.getByLabel('Time that the camera shows').fill('03:00:00');
  await expect(page.getByText(/^The camera's clock is .* (ahead|behind)\.$/)).toBeVisible();
  await looksRight(page, 'clock');
  await next.click();
  await next.click();
  await expect(page.getByText('Give an email such as maria@example.org.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await looksRight(page, 'contact');
  await page.getByLabel('Name', { exact: true }).fill('Ana-Maria Featherstonehaugh-Villanueva de la Cruz');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await next.click();

  await expect(heading).toHaveText('Is everything right?');
  await page.reload();
  await expect(page.getByText(longAddress)).toBeVisible();
  await page.getByRole('button', { name: 'Register the camera' }).click();
  await expect(page.getByText('Without your agreement nothing can be kept.')).toBeVisible();
  await page.getByLabel('I have read the terms').check();
  await looksRight(page, 'summary');
  await page.getByRole('button', { name: 'Register the camera' }).click();
  await expect(heading).toHaveText('Look into your mail');
  await looksRight(page, 'sent');
}

/** Answers what a visit still asks of a camera, which is where this device is. */
async function answerCamera(page: Page, address: string): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' });
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('radio', { name: 'Home' }).check();
  await next.click();
  await page.getByRole('radio', { name: 'Outdoors' }).check();
  await next.click();
  await page.getByLabel('Address', { exact: true }).fill(address);
  await page.getByRole('button', { name: 'I am there now' }).click();
  await expect(page.getByText('Found to about 12 metres.')).toBeVisible();
  await expect(page.getByLabel('Latitude', { exact: true })).toHaveValue('43.041200');
  await looksRight(page, 'here');
  await next.click();
  await expect(heading).toHaveText('Which way does it look?');
  await next.click();
  await page.getByRole('checkbox', { name: 'Alley' }).check();
  await next.click();
  await page.getByRole('checkbox', { name: 'I do not know' }).check();
  await next.click();
  await page.getByRole('radio', { name: 'Always' }).check();
  await next.click();
  await page.getByRole('checkbox', { name: 'It shows the right time' }).check();
  await next.click();
  await expect(heading).toHaveText('Is everything right?');
}

/** The newest link in the mails to the address, which the training city writes as files. */
async function mailedLink(email: string): Promise<string> {
  let link = '';
  await expect(async () => {
    link = (await linksTo(email)).at(-1) ?? '';
    expect(link).toMatch(/\/registry\/link#[\w-]{43}$/);
  }).toPass();
  return link;
}

async function linksTo(email: string): Promise<string[]> {
  const folder = trainingCity().mailFolder;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return mails
    .filter((mail) => mail.startsWith(`To: ${email}\n`))
    .flatMap((mail) => /https?:\S+\/registry\/link#[\w-]+/.exec(mail)?.[0] ?? []);
}

function dayAhead(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}
