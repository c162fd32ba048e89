import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { signInAs, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
] as const;

/** Behind the city's own in every list of sites, which other stories take the first of. */
const nameAt = (width: number) => `Zoological garden and its long name at ${width}`;

for (const size of sizes) {
  test(`at ${size.width}x${size.height} somebody applies to share live video, is approved, and opens the owner’s link`, async ({
    browser,
  }) => {
    const city = trainingCity();
    const email = `zoe.${size.width}@training.example`;
    const name = nameAt(size.width);
    const { page, close } = await openPublic(browser, size, 'en-US', '/register');
    const administrator = await signInAs(browser, 'administrator', `${city.url}/sites`);
    await administrator.setViewportSize(size);

    await test.step('sharing is not registering, and each page leads to the other', async () => {
      await page.getByRole('link', { name: /^Sharing live video is something else/ }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apply to share live video');
      await expect(page.getByText('This is not the registry.')).toBeVisible();
      await expect(page.getByText('Registering gives nobody live access.', { exact: true })).toHaveCount(0);
      await page.getByRole('link', { name: 'Register a camera instead' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is the camera at a home or at a business?');
      await page.goBack();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apply to share live video');
    });

    await test.step('what is missing is said beside its field', async () => {
      await page.getByRole('button', { name: 'Send the application' }).click();
      await expect(page.getByText('Give a whole number from 1 to 10000.')).toBeVisible();
      await expect(page.getByText('Without your agreement nothing can be kept.')).toBeVisible();
      await expect(page.getByRole('radio', { name: 'Home' })).toBeFocused();
      await looksRight(page, 'missing');
      await page.getByRole('radio', { name: 'Business' }).check();
      await page.getByLabel('What the place is called').fill(name);
      await page.getByLabel('Address', { exact: true }).fill('1 Zoological Garden Way, Lakeport');
      await page.getByLabel('Latitude', { exact: true }).fill('44');
      await page.getByLabel('Longitude', { exact: true }).fill('-87.91');
      await page.getByLabel('About how many cameras are there?').fill('12');
      await page.getByLabel('Name', { exact: true }).fill('Zoe Featherstonehaugh-Villanueva de la Cruz');
      await page.getByLabel('Email', { exact: true }).fill(email);
      await page.getByText('Terms, version 1').click();
      await page.getByLabel('I have read the terms').check();
      await page.getByRole('button', { name: 'Send the application' }).click();
      await expect(page.getByText('This place is outside the area of the agency.')).toBeVisible();
      await expect(page.getByLabel('Latitude', { exact: true })).toBeFocused();
      await page.getByRole('region', { name: 'Map' }).locator('canvas').click();
      await expect(page.getByLabel('Latitude', { exact: true })).toHaveValue(/^43\.0/);
      await expect(page.getByRole('button', { name: /^The place on the map/ })).toBeVisible();
      await looksRight(page, 'form');
    });

    await test.step('nobody at the agency sees it before the mailed link is opened', async () => {
      await page.getByRole('button', { name: 'Send the application' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail');
      await looksRight(page, 'applied');
      const link = await mailedLink(email, '/share/link');
      await administrator.getByRole('button', { name: 'Applications' }).click();
      await expect(administrator.getByRole('heading', { name: 'Applications to share live video' })).toBeVisible();
      await expect(administrator.getByText('Reading the applications…')).toHaveCount(0);
      await expect(administrator.getByRole('region', { name, exact: true })).toHaveCount(0);
      await page.goto(link);
      await expect(page.getByText('has your application now')).toBeVisible();
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/share/application');
      await looksRight(page, 'waiting');
    });

    await test.step('an administrator approves it, with a name of the agency’s', async () => {
      await administrator.reload();
      await administrator.getByRole('button', { name: /^Applications \([1-9]/ }).click();
      const application = administrator.getByRole('region', { name, exact: true });
      await expect(application).toContainText(email);
      await expect(application).toContainText('about 12');
      await looksRight(administrator, 'applications');
      await administrator.getByRole('button', { name: `Approve ${name}` }).click();
      const dialog = administrator.getByRole('dialog');
      await dialog.getByLabel('Time zone').fill('Lakeport');
      await expect(dialog.getByRole('button', { name: 'Approve' })).toBeDisabled();
      await dialog.getByLabel('Time zone').fill('America/Chicago');
      await dialog.getByLabel('Name of the site').fill(`${name}, gate`);
      await looksRight(administrator, 'approve');
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await expect(administrator.locator('[data-state="approved"]', { hasText: email })).toBeVisible();
      await administrator.getByRole('button', { name: `Show the site of ${name}` }).click();
      await expect(administrator.getByRole('heading', { name: `${name}, gate` })).toBeVisible();
      await looksRight(administrator, 'site');
    });

    await test.step('the owner’s link comes by mail, and opens the site', async () => {
      const ownersLink = await mailedLink(email, '/owner');
      await page.goto(await mailedLink(email, '/share/link'));
      await expect(page.getByText('has approved it')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Withdraw the application' })).toHaveCount(0);
      await page.goto(ownersLink);
      await expect(page.getByRole('heading', { name: `${name}, gate` })).toBeVisible();
      await expect(page.getByText('No relay is enrolled at this site yet')).toBeVisible();
      await looksRight(page, 'owner');
      expect(await countMails(email, '/owner')).toBe(1);
    });
    await administrator.context().close();
    await close();
  });
}

test('an applicant withdraws, in Spanish; another is refused and reads why', async ({ browser }) => {
  const city = trainingCity();
  const spanish = await openPublic(browser, sizes[0], 'es-MX', '/share');
  await expect(spanish.page.getByRole('heading', { level: 1 })).toHaveText('Solicitar compartir vídeo en vivo');
  await looksRight(spanish.page, 'es');
  await spanish.page.getByRole('radio', { name: 'Vivienda' }).check();
  await spanish.page.getByLabel('Cómo se llama el lugar').fill('Zaguán de la familia Ruiz');
  await spanish.page.getByLabel('Dirección', { exact: true }).fill('Calle Ocho 8, Lakeport');
  await spanish.page.getByLabel('Latitud', { exact: true }).fill('43,04');
  await spanish.page.getByLabel('Longitud', { exact: true }).fill('-87,91');
  await spanish.page.getByLabel('¿Cuántas cámaras hay, más o menos?').fill('2');
  await spanish.page.getByLabel('Nombre', { exact: true }).fill('Zita Ruiz');
  await spanish.page.getByLabel('Correo electrónico', { exact: true }).fill('zita@training.example');
  await spanish.page.getByRole('checkbox').check();
  await spanish.page.getByRole('button', { name: 'Enviar la solicitud' }).click();
  await spanish.page.goto(await mailedLink('zita@training.example', '/share/link'));
  await spanish.page.getByRole('button', { name: 'Retirar la solicitud' }).click();
  await looksRight(spanish.page, 'es-withdraw');
  await spanish.page.getByRole('button', { name: 'Retirar ahora' }).click();
  await expect(spanish.page.getByRole('heading', { level: 1 })).toHaveText('Está retirada');
  await spanish.page.goto(await mailedLink('zita@training.example', '/share/link'));
  await expect(spanish.page.getByRole('alert').first()).toContainText('Este enlace no abre nada.');
  await spanish.close();

  const { page, close } = await openPublic(browser, sizes[1], 'en-US', '/share');
  const email = 'zack@training.example';
  await page.getByRole('radio', { name: 'Home' }).check();
  await page.getByLabel('What the place is called').fill('Zack’s house');
  await page.getByLabel('Address', { exact: true }).fill('9 Zinnia Court, Lakeport');
  await page.getByLabel('Latitude', { exact: true }).fill('43.04');
  await page.getByLabel('Longitude', { exact: true }).fill('-87.91');
  await page.getByLabel('About how many cameras are there?').fill('1');
  await page.getByLabel('Name', { exact: true }).fill('Zack Oyelaran');
  await page.getByLabel('Email', { exact: true }).fill('zakc@training.example');
  await page.getByLabel('I have read the terms').check();
  await page.getByRole('button', { name: 'Send the application' }).click();
  // What was typed is still there for who finds the address wrong.
  await page.getByRole('button', { name: 'Change the email, or send it again' }).click();
  await expect(page.getByLabel('What the place is called')).toHaveValue('Zack’s house');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Send the application' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail');
  const link = await mailedLink(email, '/share/link');
  await page.goto(link);
  await expect(page.getByText('has your application now')).toBeVisible();

  const administrator = await signInAs(browser, 'administrator', `${city.url}/sites`);
  await administrator.getByRole('button', { name: /^Applications \([1-9]/ }).click();
  await administrator.getByRole('button', { name: 'Refuse Zack’s house' }).click();
  const dialog = administrator.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Refuse' })).toBeDisabled();
  await dialog.getByLabel('Reason').click();
  await administrator.getByRole('option', { name: 'No live video of homes is taken' }).click();
  await looksRight(administrator, 'refuse');
  await dialog.getByRole('button', { name: 'Refuse' }).click();
  await expect(administrator.getByRole('region', { name: 'Zack’s house' })).toHaveCount(0);
  await administrator.context().close();
  await expect(async () => {
    expect((await mailsTo(email)).at(-1)).toContain('The agency takes no live video of homes.');
  }).toPass();
  await page.goto(link);
  await expect(page.getByText('The agency takes no live video of homes.')).toBeVisible();
  await expect(page.getByText('Zack’s house')).toHaveCount(0);
  await close();
});

for (const size of sizes) {
  test(`at ${size.width}x${size.height} an administrator makes a site on the page`, async ({ browser }) => {
    const page = await signInAs(browser, 'administrator', `${trainingCity().url}/sites`);
    await page.setViewportSize(size);
    const name = `Zenith warehouse at ${size.width}`;
    await page.getByRole('button', { name: 'New site' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await dialog.getByRole('button', { name: 'Make the site' }).click();
    await expect(dialog.getByText('Give a number between −90 and 90.')).toBeVisible();
    await looksRight(page, 'new-site');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Address').fill('3 Zenith Quay, Lakeport');
    await dialog.getByLabel('Latitude').fill('43.041');
    await dialog.getByLabel('Longitude').fill('-87.905');
    await dialog.getByLabel('Time zone').fill('America/Chicago');
    await dialog.getByRole('button', { name: 'Make the site' }).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Make a code' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: new RegExp(name) })).toBeVisible();
    await page.context().close();
  });
}

async function openPublic(browser: Browser, viewport: (typeof sizes)[number], locale: string, path: string) {
  const context = await browser.newContext({ viewport, locale });
  const page: Page = await context.newPage();
  await page.goto(`${trainingCity().url}${path}`);
  return { page, close: () => context.close() };
}

/** The newest link of this kind in the mails to the address, which the training city writes as files. */
async function mailedLink(email: string, path: string): Promise<string> {
  let link = '';
  await expect(async () => {
    link = (await mailsTo(email)).flatMap((mail) => linkIn(mail, path)).at(-1) ?? '';
    expect(link).not.toBe('');
  }).toPass();
  return link;
}

async function countMails(email: string, path: string): Promise<number> {
  return (await mailsTo(email)).filter((mail) => linkIn(mail, path).length > 0).length;
}

async function mailsTo(email: string): Promise<string[]> {
  const folder = trainingCity().mailFolder;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return mails.filter((mail) => mail.startsWith(`To: ${email}\n`));
}

function linkIn(mail: string, path: string): string[] {
  return new RegExp(String.raw`https?:\S+${path}#[\w-]{43}`).exec(mail)?.slice(0, 1) ?? [];
}
