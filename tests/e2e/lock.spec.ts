import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { cameraOf, expectTile, signInAs, tileAt, trainingCity, userOf } from './city.ts';

test('SES2 SES3 a locked session shows no picture in any window, and unlocked the wall is as it was', async ({
  browser,
}) => {
  const city = trainingCity();
  const page = await signInAs(browser, 'analyst');
  await expectTile(page, 1, cameraOf(city, 1).id);
  await page.keyboard.press('3');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  const cameras = () =>
    page.getByTestId('tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-camera-id')));
  const before = await cameras();
  const second = await page.context().newPage();
  await second.goto(`${city.wallUrl}/screen/1`);
  await expectTile(second, 1, cameraOf(city, 1).id);
  await page.bringToFront();

  await page.keyboard.press('Control+Shift+L');
  for (const window of [page, second]) {
    await expect(window.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await expect(window.locator('video')).toHaveCount(0);
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  // What a script in the page could ask is refused as well.
  expect((await page.request.get(`${city.url}/api/cameras`)).status()).toBe(423);

  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('alert')).toContainText('The password is wrong.');
  await page.getByLabel('Password').fill(userOf(city, 'analyst').password);
  await page.getByRole('button', { name: 'Unlock' }).click();
  for (const window of [page, second]) {
    await expect(window.getByRole('heading', { name: 'Locked' })).toBeHidden();
  }
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectTile(page, 1, cameraOf(city, 1).id);
  expect(await cameras()).toEqual(before);
  // The third tile is the selected one: F makes it the large one.
  await page.keyboard.press('f');
  await expect(tileAt(page, 1)).toBeHidden();
  await second.bringToFront();
  await expectTile(second, 1, cameraOf(city, 1).id);
  await page.context().close();
});
