import { expect, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

test('a supervisor sees a viewing and ends it, and the tile says who did and why', async ({ browser }) => {
  const camera = cameraOf(trainingCity(), 16);
  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, 'Watched', await incidentNumber(analyst, 2041)));
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  await expectTile(analyst, 1, camera.id);

  const supervisor = await signInAs(browser, 'supervisor', `${trainingCity().url}/supervisor`);
  const row = supervisor.getByRole('row').filter({ hasText: camera.name });
  await expect(row).toContainText('Ana Ruiz');
  await expect(row).toContainText('#2041');
  await expect(row).toContainText('Training');
  await expect(row.getByText(/^flowing/i)).toBeVisible();

  await row.getByRole('button', { name: 'End viewing' }).click();
  const dialog = supervisor.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Not needed for this incident');
  await dialog.getByRole('button', { name: 'End viewing' }).click();

  await expectTile(analyst, 1, camera.id, 'ended');
  await expect(tileAt(analyst, 1)).toContainText('Sam Okafor');
  await expect(tileAt(analyst, 1)).toContainText('Not needed for this incident');
  await analyst.context().close();
  await supervisor.context().close();
});
