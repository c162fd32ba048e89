import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { cameraOf, createWall, expectTile, incidentNumber, signInAs, tileAt, trainingCity } from './city.ts';
import { newPerson, tryToSignIn } from './invited.ts';

test('a flagged viewing shows its reason, and a supervisor closes its review', async ({ browser }) => {
  const { url } = trainingCity();
  const camera = cameraOf(trainingCity(), 15);
  const headers = { origin: new URL(url).origin };
  const dispatcher = await signInAs(browser, 'dispatcher');
  const position = { latitude: 43.04, longitude: -87.91 };
  const made = await dispatcher.request.post(`${url}/api/incidents`, {
    headers,
    data: { title: 'Investigation', priority: 3, position },
  });
  const { id: incidentId } = z.object({ id: z.string() }).parse(await made.json());
  await dispatcher.context().close();

  const analyst = await signInAs(browser, 'analyst');
  const granted = await analyst.request.post(`${url}/api/grants`, {
    headers,
    data: { incidentId, purpose: 'propertyCrime', cameraIds: [camera.id] },
  });
  expect(granted.ok()).toBe(true);
  const wallUrl = await createWall(analyst, 'Flagged', incidentId);
  await analyst.goto(wallUrl);
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  await expectTile(analyst, 1, camera.id);

  const watching = await signInAs(browser, 'supervisor', wallUrl);
  await expect(analyst.getByText('Supervisor Sam Okafor is watching this wall.')).toBeVisible();
  await watching.context().close();

  const supervisor = await signInAs(browser, 'supervisor', `${url}/supervisor`);
  const row = supervisor.getByRole('row').filter({ hasText: camera.name });
  // Running viewings are examined once a minute.
  await expect(row).toContainText('Notes say nothing', { timeout: 180_000 });
  const queue = supervisor.getByRole('region', { name: 'Review queue' });
  await queue.getByRole('button', { name: camera.name }).click();
  await expect(supervisor.getByRole('dialog')).toContainText('The viewing still runs');
  await supervisor.keyboard.press('Escape');

  await row.getByRole('button', { name: 'End viewing' }).click();
  const ending = supervisor.getByRole('dialog');
  await ending.getByLabel('Reason').fill('Say what you look for');
  await ending.getByRole('button', { name: 'End viewing' }).click();
  await expectTile(analyst, 1, camera.id, 'ended');

  await queue.getByRole('button', { name: camera.name }).click();
  const review = supervisor.getByRole('dialog');
  await review.getByRole('radio', { name: /^Coaching/ }).check();
  await review.getByLabel('Note').fill('The incident says nothing. Talked about it.');
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  await review.getByRole('button', { name: 'Close review' }).click();
  const told = supervisor.getByText(/^The review of .* is closed\.$/);
  await expect(told).toBeVisible();
  await expect(queue.getByRole('button', { name: camera.name })).toHaveCount(0);

  await supervisor.setViewportSize({ width: 390, height: 844 });
  await expect(queue).toBeVisible();
  // While it fades its words have too little contrast, on their way out.
  await expect(told).toHaveCount(0);
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  await analyst.context().close();
  await supervisor.context().close();
});

test('a supervisor disables a user, whose pictures end at once', async ({ browser }) => {
  const { url } = trainingCity();
  const camera = cameraOf(trainingCity(), 16);
  // Somebody of this story's own: who is disabled loses the grants that other stories need.
  const { page: analyst, email } = await newPerson(browser, 'Pat Lane');
  await tryToSignIn(analyst, email);
  await expect(analyst.getByTestId('connection')).toHaveAttribute('data-state', 'connected');
  const incidentId = await incidentNumber(analyst, 2041);
  const granted = await analyst.request.post(`${url}/api/grants`, {
    headers: { origin: new URL(url).origin },
    data: { incidentId, purpose: 'training', cameraIds: [camera.id] },
  });
  expect(granted.ok()).toBe(true);
  await analyst.goto(await createWall(analyst, 'Stopped', incidentId));
  await analyst.locator(`[data-camera-row="${camera.id}"]`).dragTo(tileAt(analyst, 1));
  await expectTile(analyst, 1, camera.id);

  const supervisor = await signInAs(browser, 'supervisor', `${url}/supervisor`);
  const row = supervisor.getByRole('row').filter({ hasText: camera.name });
  await row.getByRole('button', { name: 'Disable user' }).click();
  const dialog = supervisor.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Looks at a neighbour');
  await dialog.getByRole('button', { name: 'Disable user' }).click();
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(analyst).toHaveURL(/\/sign-in/);
  for (const page of [analyst, supervisor]) await page.context().close();
});
