import { expect, test } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { z } from 'zod';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

const longestWaitMs = 5_000;

test('an owner reads who looks while it happens, and the public reads how often', async ({ browser }) => {
  const city = trainingCity();
  const camera = cameraOf(city, 3);
  const administrator = await signInAs(browser, 'administrator');
  const api = { headers: { origin: new URL(city.url).origin } };
  const sites = z
    .object({ sites: z.array(z.object({ id: z.string() })) })
    .parse(await (await administrator.request.get(`${city.url}/api/sites`)).json());
  const made = await administrator.request.post(`${city.url}/api/sites/${sites.sites[0]?.id}/ledger-links`, api);
  const { url } = z.object({ url: z.string() }).parse(await made.json());
  await administrator.context().close();

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const owner = await phone.newPage();
  const asked: string[] = [];
  owner.on('request', (request) => asked.push(request.url()));
  await owner.goto(url);
  await expect(owner.getByRole('status')).toBeVisible();
  const linesBefore = await owner.locator('[data-viewing-id]').count();

  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, 'Seen by the owner', await incidentNumber(analyst, 2041)));
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  const line = owner
    .locator('[data-viewing-id]')
    .filter({ hasText: camera.name })
    .filter({ hasText: 'open now' })
    .first();
  await expect(line).toBeVisible({ timeout: 60_000 });
  const seenAtMs = Date.now();
  const answer = await owner.request.get(`${city.url}/api/ledger`, {
    headers: { 'commonsight-ledger-secret': new URL(url).hash.slice(1) },
  });
  const { lines } = z
    .object({ lines: z.array(z.object({ cameraId: z.string(), startedAt: z.string() })) })
    .parse(await answer.json());
  const startedAt = lines.find(({ cameraId }) => cameraId === camera.id)?.startedAt ?? '';
  const waitedMs = seenAtMs - Date.parse(startedAt);
  test
    .info()
    .annotations.push({ type: 'figure', description: `the line was on the owner's page after ${waitedMs} ms` });
  expect(waitedMs).toBeLessThan(longestWaitMs);
  await expectTile(analyst, 1, camera.id);

  await expect(line).toContainText('Live');
  await expect(line).toContainText('Training');
  await expect(line).toContainText('#2041');
  await expect(line).toContainText(/Analyst [0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(owner.getByText('No incident number is withheld.')).toBeVisible();
  await expect(owner.getByText('Ana Ruiz')).toHaveCount(0);
  expect(await owner.locator('[data-viewing-id]').count()).toBeGreaterThan(linesBefore);
  expect(asked.filter((address) => address.includes(new URL(url).hash.slice(1)))).toEqual([]);
  expect((await new AxeBuilder({ page: owner }).analyze()).violations).toEqual([]);

  // Enough of them that their number is told.
  for (let each = 0; each < 5; each += 1) {
    await analyst.reload();
    await expectTile(analyst, 1, camera.id);
  }
  await analyst.context().close();
  await expect(owner.getByText('open now')).toHaveCount(0, { timeout: 60_000 });

  const anybody = await browser.newContext();
  const page = await anybody.newPage();
  await page.goto(`${city.url}/transparency`);
  const shown = page.locator('[data-figure="viewings"] [data-row="total"] td');
  await expect(shown).toHaveText(/^[0-9,]+$/);
  expect(Number((await shown.textContent())?.replaceAll(',', ''))).toBeGreaterThanOrEqual(6);
  await expect(page.locator('[data-figure="shareWithIncident"] td')).toHaveText('100 %');
  await expect(page.getByText('No face recognition')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await anybody.close();
  await phone.close();
});
