import { type Browser, expect, type Page, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, signInAs, tileAt, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { openPaired, saveSharing } from './ownerPage.ts';
import { openIncident } from './policy.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

test('an owner limits what leaves the site, and a wall shows the small picture where the large one does not fit', async ({
  browser,
}) => {
  test.setTimeout(360_000);
  const camera = cameraOf(trainingCity(), 6);
  const owner = await openPaired(browser, camera.id);
  const field = owner.getByLabel('At most, in Mbit/s');

  await test.step('the limit is a part of what the owner signs', async () => {
    await owner.getByRole('checkbox', { name: 'All cameras' }).check();
    await owner.getByLabel('Mode of the chosen cameras').selectOption('always');
    await owner.getByText('How much leaves your site').click();
    await field.fill('much');
    await field.blur();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill('1');
    await field.blur();
    await saveSharing(owner);
    await expect(owner.getByTestId('upload-now')).toContainText('of 1 Mbit/s leave your site now');
  });

  const wall = await watching(browser, camera.id);
  await test.step('a wall that wants the large picture goes on with the small one', async () => {
    await tileAt(wall, 1).click();
    await wall.keyboard.press('f');
    const refused = owner.getByRole('list', { name: 'What did not fit' });
    await expect(refused).toContainText('The owner lets 1.0 Mbit/s leave this site');
    await expect(refused).toContainText('The large picture needs about');
    await expectTile(wall, 1, camera.id);
    await expect(owner.getByText('Some pictures did not fit.')).toBeVisible();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'upload');
    }
  });

  await owner.getByLabel('At most, in Mbit/s').fill('');
  await owner.getByLabel('At most, in Mbit/s').blur();
  await saveSharing(owner);
  await expect(owner.getByTestId('upload-now')).toContainText('There is no limit.');
  for (const page of [wall, owner]) await page.context().close();
});

/** An analyst's wall on which the camera is live in a small tile, under a grant for an incident of the story's own. */
async function watching(browser: Browser, cameraId: string): Promise<Page> {
  const page = await signInAs(browser, 'analyst');
  const incidentId = await openIncident('Too much for the line');
  await page.goto(await createWall(page, 'Limited by its owner', incidentId));
  await expect(tileAt(page, 4)).toBeVisible();
  await page.locator(`[data-camera-row="${cameraId}"]`).dragTo(tileAt(page, 1));
  const dialog = page.getByRole('dialog').filter({ hasText: 'Why do you look' });
  await dialog.getByLabel('Purpose').click();
  await page.getByRole('option', { name: 'Training' }).click();
  await dialog.getByRole('button', { name: /^Open/ }).click();
  await expectTile(page, 1, cameraId);
  return page;
}
