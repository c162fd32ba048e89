import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, signInAs, tileAt, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { openPaired, saveSharing } from './ownerPage.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

// The relay of the city shares everything again at the end, for the stories that come after.
test('an owner presses the button, the wall shows the camera with a countdown, the time runs out, and there is a receipt', async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const camera = cameraOf(trainingCity(), 5);
  const dispatcher = await signInAs(browser, 'dispatcher');
  await dispatcher.goto(await createWall(dispatcher, 'Answers alerts'));
  await expect(tileAt(dispatcher, 4)).toBeVisible();
  const owner = await openPaired(browser, camera.id);
  const banner = dispatcher.locator('[data-alert]');
  const panel = owner.getByRole('region', { name: 'Alert', exact: true });
  const receipt = owner.getByRole('region', { name: 'Receipt of the last alert' });

  await test.step('one camera is shared on alert only, and an alert lasts three minutes', async () => {
    await owner.getByRole('checkbox', { name: 'All cameras' }).check();
    await owner.getByLabel('Mode of the chosen cameras').selectOption('always');
    await owner.getByLabel(`Mode of ${camera.name}`).selectOption('onAlert');
    await owner.getByText('How your alerts run').click();
    await owner.getByLabel('An alert lasts (minutes)').fill('3');
    // Beside its field, until it can be said in a document.
    await owner.getByLabel('At most, with extensions').fill('2');
    await owner.getByLabel('For responders').focus();
    await expect(owner.getByRole('alert')).toContainText('Write whole minutes, from 3 to 1440.');
    await owner.getByLabel('At most, with extensions').fill('3');
    await owner.getByLabel('For responders').fill('Side door is open. Call the desk.');
    await owner.getByRole('heading', { name: /Your cameras/ }).click();
    await saveSharing(owner);
  });

  await test.step('a test is shown to the owner, and to nobody else', async () => {
    await owner.getByRole('button', { name: 'Make a test' }).click();
    await expect(panel).toContainText('Test alert runs');
    await owner.getByRole('button', { name: 'End now' }).click();
    await expect(receipt).toContainText('the police heard nothing');
    await expect(banner).toHaveCount(0);
  });

  await test.step('the key held for two seconds begins an alert, which is cancelled before it shares anything', async () => {
    await owner.getByRole('button', { name: 'Hold for an alert' }).focus();
    await owner.keyboard.down('Space');
    await expect(panel).toContainText('Alert begins in a moment');
    await owner.keyboard.up('Space');
    await owner.getByRole('button', { name: 'Cancel' }).click();
    await expect(receipt).toContainText('cancelled before anything was shared');
    await expect(banner).toHaveCount(0);
  });

  await test.step('who presses and cannot hold is asked once more, and can cancel as well', async () => {
    await owner.getByRole('button', { name: 'Hold for an alert' }).click();
    await owner.getByRole('button', { name: 'Not now' }).click();
    await expect(owner.getByRole('button', { name: 'Hold for an alert' })).toBeFocused();
    await owner.getByRole('button', { name: 'Hold for an alert' }).click();
    await expect(owner.getByRole('button', { name: 'Begin the alert now' })).toBeFocused();
    await owner.keyboard.press('Enter');
    await expect(panel).toContainText('Alert begins in a moment');
    await expect(owner.getByRole('heading', { name: 'Alert', exact: true })).toBeFocused();
    await owner.getByRole('button', { name: 'Cancel' }).click();
    await expect(receipt).toContainText('cancelled before anything was shared');
  });

  await test.step('the button held for two seconds calls the wall, where one click opens the camera', async () => {
    await owner.getByRole('button', { name: 'Hold for an alert' }).hover();
    await owner.mouse.down();
    await expect(panel).toContainText('Alert begins in a moment');
    await owner.mouse.up();
    await expect(banner).toContainText('Side door is open');
    await banner.getByRole('button', { name: 'Make incident and show cameras' }).click();
    await expectTile(dispatcher, 1, camera.id);
    await expect(tileAt(dispatcher, 1)).toContainText(/Alert 0\d:\d\d/);
    await expect(banner.getByRole('button', { name: 'Show cameras', exact: true })).toBeVisible();
    await looksRight(dispatcher, 'wall');
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'alert');
    }
  });

  await test.step('the owner is asked, the time runs out, and the picture stops', async () => {
    await expect(panel).toContainText('Alert ends soon', { timeout: 240_000 });
    await expectEnded(dispatcher, camera.id);
    await expect(banner).toHaveCount(0);
    await expect(receipt).toContainText('Its time was over.');
    await expect(receipt).toContainText(`looked through ${camera.name}`);
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await receipt.scrollIntoViewIfNeeded();
      await looksRight(owner, 'receipt');
    }
  });

  await test.step('its receipt stays beside the one of a later test, and is a file to keep', async () => {
    await owner.getByRole('button', { name: 'Make a test' }).click();
    await expect(panel).toContainText('Test alert runs');
    await owner.getByRole('button', { name: 'End now' }).click();
    await expect(receipt).toContainText('the police heard nothing');
    const before = owner.getByRole('region', { name: 'Receipt of the alert before' });
    await expect(before).toContainText('Its time was over.');
    const saved = owner.waitForEvent('download');
    await before.getByRole('button', { name: 'Download this receipt' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text).toContain(`looked through ${camera.name}`);
    await looksRight(owner, 'receipts');
  });

  await owner.getByLabel(`Mode of ${camera.name}`).selectOption('always');
  await saveSharing(owner);
  for (const page of [dispatcher, owner]) await page.context().close();
});

async function expectEnded(page: Page, cameraId: string): Promise<void> {
  await expect(tileAt(page, 1)).toHaveAttribute('data-state', 'ended', { timeout: 240_000 });
  await expectTile(page, 1, cameraId, 'ended');
  await expect(tileAt(page, 1)).toContainText('Owner off');
}
