import { expect, type Page, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, signInAs, tileAt, trainingCity } from './city.ts';

/** Makes an incident at a place on the map that is clicked, and selects it. */
async function makeIncident(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const map = page.getByRole('region', { name: 'Map' });
  const box = await map.boundingBox();
  if (box === null) throw new Error('The map is not on the page.');
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.6);
  await page.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.6);
  const dialog = page.getByRole('dialog', { name: 'New incident' });
  await dialog.getByLabel('Title').fill(title);
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Incidents' }).getByText(title)).toBeVisible();
}

test('a dispatcher makes an incident on the map, drags two cameras onto its tiles, and a second window follows', async ({
  browser,
}) => {
  const page = await signInAs(browser, 'dispatcher');
  const wallUrl = await createWall(page, 'Dispatch');
  await page.goto(wallUrl);
  await expect(tileAt(page, 4)).toBeVisible();
  const [first, second] = [cameraOf(trainingCity(), 5), cameraOf(trainingCity(), 6)];

  const secondWindow = await page.context().newPage();
  await secondWindow.goto(`${wallUrl}/screen/1`);
  await expect(tileAt(secondWindow, 4)).toBeVisible();
  await page.bringToFront();

  const title = 'Fight at the market';
  await makeIncident(page, title);
  const group = page.getByRole('region', { name: /^Incident #/ }).locator('[data-incident-drop]');
  await expect(group).toBeVisible();

  await test.step('a camera of the list is dragged onto the tile group', async () => {
    await page.locator(`[data-camera-row="${first.id}"]`).dragTo(group);
    // The policy has a purpose for what dispatchers open, so nobody is asked for one.
    await expectTile(page, 1, first.id);
  });

  await test.step('a second one is, and nothing was asked', async () => {
    await page.locator(`[data-camera-row="${second.id}"]`).dragTo(group);
    await expectTile(page, 2, second.id);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('the second window shows both', async () => {
    await secondWindow.bringToFront();
    await expectTile(secondWindow, 1, first.id);
    await expectTile(secondWindow, 2, second.id);
  });

  await test.step('a note stands in the timeline', async () => {
    await page.bringToFront();
    await page.getByLabel('Note').fill('Two groups, no weapons seen');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(page.getByRole('list', { name: 'Timeline' }).getByText('Two groups, no weapons seen')).toBeVisible();
  });

  await test.step('closing the incident ends its viewings, in both windows', async () => {
    await page.getByRole('button', { name: 'Close incident' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close incident' }).click();
    await expectTile(page, 1, first.id, 'ended');
    await expectTile(page, 2, second.id, 'ended');
    await expectTile(secondWindow, 1, first.id, 'ended');
    await expect(tileAt(page, 1)).toContainText(/incident/i);
  });
  await page.context().close();
});
