import { expect, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

test('an analyst fills a wall by drag and by keyboard, and takes a step back', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst');
  const incident = await incidentNumber(page, 2041);
  await page.goto(await createWall(page, 'Filled by hand', incident));
  await expect(tileAt(page, 4)).toBeVisible();
  const [first, second, third] = [
    cameraOf(trainingCity(), 10),
    cameraOf(trainingCity(), 11),
    cameraOf(trainingCity(), 12),
  ];

  await test.step('a camera of the list is dragged onto a tile', async () => {
    await page.locator(`[data-camera-row="${first.id}"]`).dragTo(tileAt(page, 1));
    await expectTile(page, 1, first.id);
  });

  await test.step('a camera is found by its name and put on the selected tile', async () => {
    await page.keyboard.press('2');
    await page.keyboard.press('/');
    await page.getByLabel('Number, name or site').fill(second.name);
    await page.keyboard.press('Enter');
    await expectTile(page, 2, second.id);
  });

  await test.step('a tile is dragged onto another one: the two change places and keep their pictures', async () => {
    const videoBefore = await tileAt(page, 1)
      .locator('video')
      .evaluate((video) => {
        Object.assign(video, { wasHere: true });
        return true;
      });
    expect(videoBefore).toBe(true);
    await tileAt(page, 1).dragTo(tileAt(page, 2));
    await expectTile(page, 2, first.id);
    await expectTile(page, 1, second.id);
    const isSame = await tileAt(page, 2)
      .locator('video')
      .evaluate((video) => 'wasHere' in video);
    expect(isSame).toBe(true);
  });

  await test.step('a tile is moved with the keyboard', async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('m');
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await expectTile(page, 3, second.id);
  });

  await test.step('a third camera, cleared again, comes back with undo', async () => {
    await page.keyboard.press('4');
    await page.keyboard.press('/');
    await page.getByLabel('Number, name or site').fill(third.name);
    await page.keyboard.press('Enter');
    await expectTile(page, 4, third.id);
    await page.keyboard.press('4');
    await page.keyboard.press('Delete');
    await expect(tileAt(page, 4)).not.toHaveAttribute('data-camera-id', third.id);
    await page.keyboard.press('u');
    await expectTile(page, 4, third.id);
  });

  await test.step('layouts change by button and by key, and forget no tile', async () => {
    await page.getByRole('button', { name: 'Layout 1', exact: true }).click();
    await expect(page.getByTestId('tile')).toHaveCount(1);
    await page.keyboard.press('l');
    await page.keyboard.press('9');
    await expect(page.getByTestId('tile')).toHaveCount(9);
    await expectTile(page, 4, third.id);
  });
  await page.context().close();
});

test('the purpose is asked once for an incident and not for each tile', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst');
  const incident = await incidentNumber(page, 2040);
  await page.goto(await createWall(page, 'Another incident', incident));
  await page.locator(`[data-camera-row="${cameraOf(trainingCity(), 13).id}"]`).dragTo(tileAt(page, 1));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Why do you look at #2040?')).toBeVisible();
  await dialog.getByRole('button', { name: 'Open camera' }).click();
  await expectTile(page, 1, cameraOf(trainingCity(), 13).id);
  await page.locator(`[data-camera-row="${cameraOf(trainingCity(), 14).id}"]`).dragTo(tileAt(page, 2));
  await expectTile(page, 2, cameraOf(trainingCity(), 14).id);
  await expect(dialog).toBeHidden();
  await page.context().close();
});
