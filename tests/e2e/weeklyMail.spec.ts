import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cameraOf, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { makeOwnerUrl } from './ownerPage.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const email = 'weekly@owner.example';

test('an owner turns the weekly mail on, confirms it in Spanish, and stops it by its link, with keys alone', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const owner = await context.newPage();
  await owner.goto(await makeOwnerUrl(cameraOf(trainingCity(), 3).id));
  const part = owner.getByRole('region', { name: 'Weekly mail' });

  await test.step('a wrong address is refused beside its field', async () => {
    await part.getByLabel('Send it to').fill('weekly@');
    await part.getByRole('button', { name: 'Mail a link to confirm' }).click();
    await expect(part.getByRole('alert').filter({ hasText: 'Give an email' })).toBeVisible();
    await expect(part.getByLabel('Send it to')).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('the address is asked, and named only in part', async () => {
    await part.getByLabel('Send it to').fill(email);
    await part.getByLabel('Language of the mail').selectOption('es');
    await part.getByLabel('Send it to').press('Enter');
    await expect(part.getByText('A link was mailed to w…@owner.example.')).toBeVisible();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'asked');
    }
  });

  const page = await context.newPage();
  await test.step('the link asks, and a key confirms', async () => {
    await page.goto(await mailedLink());
    await page.getByRole('button', { name: 'Español' }).press('Enter');
    await expect(page.getByRole('heading', { name: '¿Debe llegar el correo semanal a esta dirección?' })).toBeVisible();
    for (const size of sizes) {
      await page.setViewportSize(size);
      await looksRight(page, 'confirm');
    }
    await page.getByRole('button', { name: 'Sí, enviarlo aquí' }).press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Confirmado.' })).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Sí, enviarlo aquí' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Este enlace no abre nada.' })).toBeVisible();
  });

  await test.step('the page says when the next one comes, and stops it', async () => {
    await owner.reload();
    await expect(part.getByText('It goes to w…@owner.example. The next one comes on Monday')).toBeVisible();
    await part.getByRole('button', { name: 'Use another address' }).press('Enter');
    await part.getByLabel('Send it to').fill('other@owner.example');
    await part.getByLabel('Send it to').press('Enter');
    // The confirmed address stays until the other one is confirmed.
    await expect(part.getByText('It goes to w…@owner.example.')).toBeVisible();
    await expect(part.getByText('A link was mailed to o…@owner.example. Once it is opened')).toBeVisible();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'other');
    }
    await part.getByRole('button', { name: 'Stop the weekly mail' }).press('Enter');
    await expect(part.getByText('The weekly mail has stopped, and the address is erased.')).toBeVisible();
    await expect(part.getByLabel('Send it to')).toBeVisible();
  });

  await test.step('an address that is not whole opens nothing', async () => {
    await page.goto(`${trainingCity().url}/weekly-mail#stop=short`);
    await page.reload();
    await expect(page.getByRole('alert').filter({ hasText: 'Este enlace no abre nada.' })).toBeVisible();
  });
  await context.close();
});

/** The newest link in a mail to the address, which the training city writes as files. */
async function mailedLink(): Promise<string> {
  let link = '';
  await expect(async () => {
    const folder = trainingCity().mailFolder;
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const ofOwner = mails.filter((mail) => mail.startsWith(`To: ${email}\n`));
    link = /https?:\S+#confirm=[\w-]{43}/.exec(ofOwner.at(-1) ?? '')?.[0] ?? '';
    expect(link).not.toBe('');
  }).toPass();
  return link;
}
