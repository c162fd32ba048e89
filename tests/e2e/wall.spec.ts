import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { cameraOf, expectTile, signInAs, tileAt, trainingCity } from './city.ts';

test('the training wall shows nine live tiles after signing in, and each says its delay', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst');
  for (let slot = 1; slot <= 9; slot += 1) await expectTile(page, slot, cameraOf(trainingCity(), slot).id);
  for (let slot = 1; slot <= 9; slot += 1) await expect(tileAt(page, slot)).toHaveAttribute('data-delay-ms', /^\d+$/);
  await page.context().close();
});

test('a page that stood still does not call its pictures stale', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst');
  for (let slot = 1; slot <= 9; slot += 1) await expectTile(page, slot, cameraOf(trainingCity(), slot).id);
  const states = await page.evaluate(async () => {
    const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')];
    const seen = new Set(tiles.map((tile) => tile.dataset['state']));
    const observer = new MutationObserver(() => tiles.forEach((tile) => seen.add(tile.dataset['state'])));
    for (const tile of tiles) observer.observe(tile, { attributeFilter: ['data-state'] });
    const blockedUntilMs = performance.now() + 3000;
    while (performance.now() < blockedUntilMs) Math.random();
    // What does not come can only be waited for: by then each state was worked out again, several times.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return [...seen];
  });
  expect(states).toEqual(['live']);
  await page.context().close();
});

test('a wrong password is answered with a sentence and the right one still works', async ({ page }) => {
  const { wallUrl, users } = trainingCity();
  await page.goto(wallUrl);
  await page.getByLabel('Email').fill(users[0]?.email ?? '');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password').fill(users[0]?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(wallUrl);
});

test('an unknown wall is not found', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst', `${trainingCity().url}/wall/0192f0c1-0000-7000-8000-000000000000`);
  await expect(page.getByText('This wall was not found')).toBeVisible();
  await page.context().close();
});

test('an administrator sees the wall and no video', async ({ browser }) => {
  const page = await signInAs(browser, 'administrator');
  await expectTile(page, 1, cameraOf(trainingCity(), 1).id, 'restricted');
  await page.context().close();
});

test('sign-in, console and supervisor page have no accessibility violations', async ({ browser, page }) => {
  await page.goto(trainingCity().url);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const console = await signInAs(browser, 'supervisor');
  await expectTile(console, 9, cameraOf(trainingCity(), 9).id);
  expect((await new AxeBuilder({ page: console }).analyze()).violations).toEqual([]);
  // In a window of its own: what the wall looks at would end with it.
  const supervisor = await console.context().newPage();
  await supervisor.goto(`${trainingCity().url}/supervisor`);
  await expect(supervisor.getByRole('button', { name: 'End viewing' }).first()).toBeVisible();
  expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
  await console.context().close();
});
