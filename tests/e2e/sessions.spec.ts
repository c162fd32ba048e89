import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { SignalingProbe } from '../support/SignalingProbe.ts';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';

/** An analyst with one camera on a wall of the story's own. */
async function analystAtWork(browser: Browser, wallName: string): Promise<Page> {
  const camera = cameraOf(trainingCity(), 14);
  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, wallName, await incidentNumber(analyst, 2041)));
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  await expectTile(analyst, 1, camera.id);
  return analyst;
}

/**
 * The line of the analyst's session that has this wall open. A supervisor who looks at the wall has it open as well, and
 * for a moment after.
 */
const lineOf = (supervisor: Page, wallName: string) =>
  supervisor
    .getByRole('region', { name: 'Sessions' })
    .getByRole('row')
    .filter({ hasText: wallName })
    .filter({ has: supervisor.getByRole('button', { name: 'Open the session of Ana Ruiz' }) });

async function openBoard(browser: Browser): Promise<Page> {
  const supervisor = await signInAs(browser, 'supervisor', `${trainingCity().url}/supervisor`);
  await supervisor.getByRole('link', { name: /^Sessions/ }).click();
  return supervisor;
}

test('WAL7 SUP1 a supervisor looks at a session, and its walls say so', async ({ browser }) => {
  const camera = cameraOf(trainingCity(), 14);
  const analyst = await analystAtWork(browser, 'Looked at');
  const bare = await analyst.context().newPage();
  await bare.goto(`${analyst.url().split('?')[0]}/screen/1`);

  const supervisor = await openBoard(browser);
  const line = lineOf(supervisor, 'Looked at');
  await expect(line).toContainText('Ana Ruiz');
  await expect(line).toContainText('#2041 Training');
  const sign = 'Supervisor Sam Okafor is watching this wall.';
  await expect(analyst.getByText(sign)).toHaveCount(0);

  await line.getByRole('button', { name: 'Open the session of Ana Ruiz' }).click();
  const dialog = supervisor.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Screen 1' })).toContainText(camera.name);
  await expect(dialog.locator('[data-miniature-slot="1"]')).toContainText('watched');
  for (const page of [analyst, bare]) await expect(page.getByText(sign)).toBeVisible();
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  // What the operator changes moves in the drawing as well.
  await analyst.getByRole('button', { name: 'Layout 9' }).click();
  await expect(dialog.locator('[data-miniature-slot]')).toHaveCount(9);

  await dialog.getByRole('button', { name: 'Close' }).last().click();
  for (const page of [analyst, bare]) await expect(page.getByText(sign)).toHaveCount(0);
  for (const page of [analyst, supervisor]) await page.context().close();
});

test('MES1 MES3 a supervisor writes to an operator, who acknowledges it', async ({ browser }) => {
  const analyst = await signInAs(browser, 'analyst');
  await analyst.goto(await createWall(analyst, 'Written to'));
  const second = await analyst.context().newPage();
  await second.goto(`${trainingCity().url}/account`);
  const supervisor = await openBoard(browser);
  const line = lineOf(supervisor, 'Written to');
  await line.getByRole('button', { name: 'Open the session of Ana Ruiz' }).click();
  await supervisor.getByRole('dialog').getByRole('button', { name: 'Send message' }).click();
  const form = supervisor.getByRole('dialog', { name: 'Message to Ana Ruiz' });
  await form.getByLabel('Message').fill('Please take camera 14 off the wall.');
  await form.getByRole('button', { name: 'Send message' }).click();

  const banner = (page: Page) => page.getByRole('alert', { name: 'Message from Sam Okafor' });
  for (const page of [analyst, second]) {
    await expect(banner(page)).toContainText('Please take camera 14 off the wall.');
  }
  expect((await new AxeBuilder({ page: second }).analyze()).violations).toEqual([]);
  await expect(supervisor.getByRole('dialog')).toContainText('not acknowledged');
  await banner(second).getByRole('button', { name: 'Acknowledge' }).click();
  for (const page of [analyst, second]) await expect(banner(page)).toHaveCount(0);
  await expect(supervisor.getByRole('dialog')).toContainText(/Acknowledged \d{2}:\d{2}/);
  await supervisor.keyboard.press('Escape');
  await expect(line).toContainText(/Acknowledged \d{2}:\d{2}/);
  await supervisor.setViewportSize({ width: 390, height: 844 });
  await expect(line).toBeVisible();
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  for (const page of [analyst, supervisor]) await page.context().close();
});

test('SUP2 a supervisor ends a session, and nothing of it goes on', async ({ browser }) => {
  const { url } = trainingCity();
  const analyst = await analystAtWork(browser, 'Ended');
  const cookie = (await analyst.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const probe = await SignalingProbe.connect(url, cookie);
  const supervisor = await openBoard(browser);
  await lineOf(supervisor, 'Ended').getByRole('button', { name: 'Open the session of Ana Ruiz' }).click();
  await supervisor.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  const ending = supervisor.getByRole('dialog');
  await ending.getByLabel('Reason').fill('Please come to my desk');
  const told = new Promise<void>((resolve) => probe.socket.once('disconnect', () => resolve()));
  const askedAtMs = performance.now();
  await ending.getByRole('button', { name: 'End session' }).click();

  await expect(analyst.locator('video')).toHaveCount(0);
  const goneMs = performance.now() - askedAtMs;
  await expect(analyst).toHaveURL(/\/sign-in/);
  await expect(analyst.getByText('Sam Okafor ended your session. Reason: Please come to my desk.')).toBeVisible();
  await expect(analyst.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await new AxeBuilder({ page: analyst }).analyze()).violations).toEqual([]);
  await expect(lineOf(supervisor, 'Ended')).toHaveCount(0);
  // The raw socket is dead, and so is whatever is tried with the old cookie.
  await told;
  await expect(SignalingProbe.connect(url, cookie)).rejects.toThrow();
  expect((await analyst.request.get(`${url}/api/me`, { headers: { cookie } })).status()).toBe(401);
  process.stdout.write(`SUP2: tiles gone ${Math.round(goneMs)} ms after the click\n`);
  for (const page of [analyst, supervisor]) await page.context().close();
});
