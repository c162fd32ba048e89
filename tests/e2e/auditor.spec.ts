import { readFile, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

test('an auditor finds a viewing that has ended, sees its proof and verifies the export', async ({ browser }) => {
  const camera = cameraOf(trainingCity(), 5);
  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, 'To be audited', await incidentNumber(analyst, 2041)));
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  await expectTile(analyst, 1, camera.id);
  await analyst.context().close();

  const auditor = await signInAs(browser, 'auditor', `${trainingCity().url}/auditor`);
  await expect(auditor.getByText('entries, signed.')).toBeVisible();
  const found = auditor.locator('[data-event-type="viewing.ended"]').first();
  await expect(async () => {
    await auditor.getByLabel('Act').selectOption('viewing.ended');
    await auditor.getByLabel('Camera (id)').fill(camera.id);
    await auditor.getByRole('button', { name: 'Search' }).click();
    await expect(found).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  await found.getByRole('button').click();
  await expect(auditor.locator('[data-proof="true"]')).toContainText('Proven: it is in the signed log');
  await expect(auditor.locator('video')).toHaveCount(0);

  await auditor.getByLabel('Finding about this entry').fill('Why was this camera opened at all?');
  await auditor.getByRole('button', { name: 'Open finding' }).click();
  await expect(auditor.locator('[data-finding-state="open"]').first()).toContainText('Why was this camera');

  const downloading = auditor.waitForEvent('download');
  await auditor.getByRole('link', { name: 'Export what was searched for' }).click();
  const file = test.info().outputPath('export.jsonl');
  await (await downloading).saveAs(file);
  const input = auditor.getByLabel('Verify an export in this browser');
  await input.setInputFiles(file);
  await expect(auditor.locator('[data-export-good="true"]')).toContainText('This export is whole');

  const text = await readFile(file, 'utf8');
  const changed = test.info().outputPath('changed.jsonl');
  await writeFile(changed, text.replace('viewing.ended', 'viewing.endeD'));
  await input.setInputFiles(changed);
  await expect(auditor.locator('[data-export-good="false"]')).toContainText('First bad entry');
  expect((await new AxeBuilder({ page: auditor }).analyze()).violations).toEqual([]);
  await auditor.context().close();
});
