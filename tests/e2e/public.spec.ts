import { type Browser, expect, type Page, test } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { z } from 'zod';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

test('an owner reads who looks while it happens, through a link that can be revoked', async ({ browser }) => {
  const city = trainingCity();
  const camera = cameraOf(city, 3);
  const administrator = await signInAs(browser, 'administrator', `${city.url}/owner-links`);
  const url = await makeLink(administrator);

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const owner = await phone.newPage();
  const asked: string[] = [];
  owner.on('request', (request) => asked.push(request.url()));
  await owner.goto(url);
  await expect(owner.getByRole('status')).toBeVisible();
  const viewingIds = () =>
    owner.locator('[data-viewing-id]').evaluateAll((lines) => lines.map((one) => one.getAttribute('data-viewing-id')));
  const before = await viewingIds();

  const analyst = await watch(browser, camera.id);
  const line = owner
    .locator('[data-viewing-id]')
    .filter({ hasText: camera.name })
    .filter({ hasText: 'open now' })
    .first();
  await expectTile(analyst, 1, camera.id);
  // The line was there before the picture, so the page's next answer has it.
  const asking = await owner.waitForRequest((request) => new URL(request.url()).pathname === '/api/ledger');
  const answer = ledgerSchema.parse(await (await asking.response())?.json());
  const startedAt = answer.lines.find(({ cameraId, endedAt }) => cameraId === camera.id && endedAt === null)?.startedAt;
  expect(startedAt).toBeDefined();
  await expect(line).toBeVisible();
  process.stdout.write(
    `The line was on the owner's page ${Date.now() - Date.parse(startedAt ?? '')} ms after it began\n`,
  );

  await expect(line).toContainText('Live');
  await expect(line).toContainText('Training');
  await expect(line).toContainText('#2041');
  await expect(line).toContainText(/Analyst [0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(owner.getByText('No incident number is withheld.')).toBeVisible();
  await expect(owner.getByText('Ana Ruiz')).toHaveCount(0);
  // The page shows the newest hundred, and may have been full.
  expect(before).not.toContain(await line.getAttribute('data-viewing-id'));
  expect(asked.filter((address) => address.includes(new URL(url).hash.slice(1)))).toEqual([]);
  expect((await new AxeBuilder({ page: owner }).analyze()).violations).toEqual([]);

  await analyst.context().close();
  await expect(owner.getByText('open now')).toHaveCount(0);

  await test.step('a revoked link opens nothing any more', async () => {
    const row = administrator.getByRole('row').filter({ hasText: 'Works' }).first();
    await administrator.reload();
    await expect(row).not.toContainText('Not yet');
    const id = await row.getAttribute('data-link');
    expect((await new AxeBuilder({ page: administrator }).analyze()).violations).toEqual([]);
    await row.getByRole('button', { name: /^Revoke/ }).click();
    await administrator.getByRole('dialog').getByRole('button', { name: 'Revoke link' }).click();
    await expect(administrator.locator(`[data-link="${id}"]`)).toContainText('Revoked');
    await expect(owner.getByRole('alert')).toContainText('This link opens nothing.');
    await administrator.context().close();
  });
  await phone.close();
});

test('a supervisor withholds a number from the incident, the owner reads until when, and then the number', async ({
  browser,
}) => {
  const city = trainingCity();
  const camera = cameraOf(city, 4);
  const administrator = await signInAs(browser, 'administrator', `${city.url}/owner-links`);
  const owner = await (await browser.newContext()).newPage();
  await owner.goto(await makeLink(administrator));
  await administrator.context().close();
  const analyst = await watch(browser, camera.id);
  const line = owner.locator('[data-viewing-id]').filter({ hasText: camera.name }).first();
  await expect(line).toContainText('#2041');

  const supervisor = await signInAs(browser, 'supervisor');
  await supervisor.goto(await createWall(supervisor, 'Nothing to see'));
  await supervisor.locator('[data-incident-row="2041"]').click();
  await supervisor.getByRole('button', { name: 'Withhold the number from owners' }).click();
  const dialog = supervisor.getByRole('dialog');
  await dialog.getByLabel('Days').fill('31');
  await dialog.getByLabel('Reason').fill('A witness would be in danger.');
  await expect(dialog.getByRole('button', { name: 'Withhold number' })).toBeDisabled();
  await dialog.getByLabel('Days').fill('3');
  await dialog.getByRole('button', { name: 'Withhold number' }).click();
  await expect(line).toContainText(/incident withheld until \w+ \d+, \d{4}/);
  await expect(line).not.toContainText('#2041');
  await expect(owner.getByText(/^\d+ lines? (has its|have their) incident number withheld\.$/)).toBeVisible();

  await supervisor.getByRole('button', { name: /Sam Okafor/ }).click();
  await supervisor.getByRole('menuitem', { name: 'Withheld numbers' }).click();
  const withheld = supervisor.getByRole('row').filter({ hasText: '#2041' });
  await expect(withheld).toContainText('2 days left');
  await expect(withheld).toContainText('A witness would be in danger.');
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  await withheld.getByRole('button', { name: 'Show now' }).click();
  await dialog.getByRole('button', { name: 'Show it now' }).click();
  await expect(withheld).toHaveAttribute('data-state', 'endedEarly');
  await expect(line).toContainText('#2041');
  await supervisor.context().close();
  for (const opened of [analyst, owner]) await opened.context().close();
});

test('the public reads how often somebody looked, as a page, JSON and CSV', async ({ browser }) => {
  const city = trainingCity();
  const camera = cameraOf(city, 3);
  const analyst = await watch(browser, camera.id);
  await expectTile(analyst, 1, camera.id);
  // Enough of them that their number is told.
  for (let each = 0; each < 5; each += 1) {
    await analyst.reload();
    await expectTile(analyst, 1, camera.id);
  }
  await analyst.context().close();

  const anybody = await browser.newContext();
  const page = await anybody.newPage();
  await page.goto(`${city.url}/transparency`);
  const shown = page.locator('[data-figure="viewings"] [data-row="total"] td');
  await expect(shown).toHaveText(/^[0-9,]+$/);
  expect(Number((await shown.textContent())?.replaceAll(',', ''))).toBeGreaterThanOrEqual(6);
  await expect(page.locator('[data-figure="shareWithIncident"] td')).toHaveText('100 %');
  await expect(page.getByText('No face recognition')).toBeVisible();
  await expect(page.locator('[data-figure="withheldNumbers"]')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await test.step('the same stands in JSON and CSV', async () => {
    const asked = z
      .object({ figures: z.array(figureSchema), policy: z.object({ hash: z.string() }) })
      .parse(await (await page.request.get(await addressOf(page, 'JSON'))).json());
    const total = asked.figures.find(({ id }) => id === 'viewings')?.rows.find(({ key }) => key === 'total')?.value;
    expect(total).toBeGreaterThanOrEqual(6);
    const csv = await (await page.request.get(await addressOf(page, 'CSV'))).text();
    const row = csv.split('\r\n').find((cells) => cells.startsWith('viewings,total,'));
    expect(row).toContain(`,${total},count,shown,`);
    expect(csv).toMatch(/^withheldNumbers,withheld,/m);
    await expect(page.getByText(`SHA-256 ${asked.policy.hash}`)).toBeVisible();
  });
  await anybody.close();
});

/** An analyst who looks at the camera for incident #2041, on a wall of one camera. */
async function watch(browser: Browser, cameraId: string): Promise<Page> {
  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, 'Seen by the owner', await incidentNumber(analyst, 2041)));
  await analyst.locator(`[data-camera-row="${cameraId}"]`).dragTo(tileAt(analyst, 1));
  return analyst;
}

/** Makes a link on the administrator's page, where it is shown once. */
async function makeLink(administrator: Page): Promise<string> {
  await administrator.getByRole('button', { name: 'Make a link' }).first().click();
  await administrator.getByRole('dialog').getByRole('button', { name: 'Make link' }).click();
  const field = administrator.getByRole('dialog').getByLabel('Link', { exact: true });
  await expect(administrator.getByRole('img', { name: 'The link as a QR code' })).toBeVisible();
  const url = await field.inputValue();
  await administrator.getByRole('button', { name: 'Done' }).click();
  await administrator.reload();
  await expect(administrator.getByRole('row').filter({ hasText: 'Works' }).first()).toContainText('Not yet');
  expect(await administrator.content()).not.toContain(new URL(url).hash.slice(1));
  return url;
}

const ledgerSchema = z.object({
  lines: z.array(z.object({ cameraId: z.string(), startedAt: z.string(), endedAt: z.string().nullable() })),
});

const figureSchema = z.object({
  id: z.string(),
  rows: z.array(z.object({ key: z.string(), value: z.number().nullable() })),
});

async function addressOf(page: Page, format: 'JSON' | 'CSV'): Promise<string> {
  const href = await page.getByRole('link', { name: format }).getAttribute('href');
  return new URL(href ?? '', page.url()).href;
}
