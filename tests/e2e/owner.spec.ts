import { ownerHealthSchema } from '@commonsight/types/owner';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { RelayProcess } from '../media/relay/support/RelayProcess.ts';
import { cameraOf, createWall, expectTile, signInAs, tileAt, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { makeOwnerUrl, saveSharing } from './ownerPage.ts';
import { openIncident } from './policy.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const byDay = { width: 1920, height: 1080 };
const healthPath = '**/api/owner/health';

// The relay of the city is paired here and shares everything again at the end, for the stories that come after.
test('an owner pairs, turns a watched camera off, and the police wall says so until it is on again', async ({
  browser,
}) => {
  test.setTimeout(480_000);
  const camera = cameraOf(trainingCity(), 3);
  const wall = await watching(browser, camera.id);
  const url = await makeOwnerUrl(camera.id);
  const owner = await openOwner(browser, url, byDay);
  const row = owner.locator(`[data-camera-id="${camera.id}"]`);

  await test.step('a wrong code is refused beside its field, the right one pairs', async () => {
    await expect(owner.getByText('police can see every camera')).toBeVisible();
    await owner.getByLabel('Pairing code').fill('ABCDE');
    await owner.getByRole('button', { name: 'Pair this browser' }).click();
    await expect(owner.getByRole('alert')).toContainText('has the form');
    await pairingCode();
    await owner.getByLabel('Pairing code').fill('00000-00000-00000-00000');
    await owner.getByRole('button', { name: 'Pair this browser' }).click();
    await expect(owner.getByRole('alert')).toContainText('does not accept this code');
    await pair(owner);
    await expect(owner.getByText('has shared nothing yet')).toBeVisible();
    await expectTile(wall, 1, camera.id, 'ended');
    await expect(tileAt(wall, 1)).toContainText('Owner off');
  });

  await test.step('everything is shared, and the tile comes back by itself', async () => {
    await owner.getByRole('checkbox', { name: 'All cameras' }).check();
    await owner.getByLabel('Mode of the chosen cameras').selectOption('always');
    await saveSharing(owner);
    await expect(owner.getByText('The relay has confirmed')).toBeVisible();
    await expectTile(wall, 1, camera.id);
  });

  await test.step('how long recordings are kept is said in days', async () => {
    const days = owner.getByLabel('Your recordings are kept for (days)');
    await days.fill('0');
    await days.blur();
    await expect(owner.getByText('Write whole days, from 1 to 730.')).toBeVisible();
    await days.fill('14');
    await days.blur();
    await saveSharing(owner);
    await owner.reload();
    await expect(days).toHaveValue('14');
  });

  await test.step('the watched camera is turned off and on', async () => {
    await owner.getByLabel('Search').fill(camera.name);
    await row.getByLabel(`Mode of ${camera.name}`).selectOption('off');
    await expect(row).toContainText('Not saved: Police cannot see this at all.');
    await saveSharing(owner);
    await expect(row.getByTestId('now')).toHaveText('Police cannot see this at all.');
    await expectTile(wall, 1, camera.id, 'ended');
    await expect(tileAt(wall, 1)).toContainText('Owner off');
    await row.getByLabel(`Mode of ${camera.name}`).selectOption('always');
    await saveSharing(owner);
    await expectTile(wall, 1, camera.id);
  });

  await test.step('who looks stands on the page, in both sizes', async () => {
    await expectTile(wall, 1, camera.id);
    await expect(row).toContainText('somebody looks now');
    await owner.getByLabel('Search').fill('');
    await row.getByRole('button', { name: /Times/ }).click();
    await row.getByRole('button', { name: 'Add a time' }).click();
    await row.getByRole('button', { name: 'Add a day' }).click();
    await row.getByLabel('Mode of day 1').selectOption('always');
    await expect(row).toContainText(/Not saved: Police can see this live/);
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'page');
    }
  });

  await test.step('what cannot be saved is said at its camera, whatever is searched for', async () => {
    await row.getByLabel('to', { exact: true }).fill('22:00');
    await owner.getByLabel('Search').fill(cameraOf(trainingCity(), 4).name);
    await owner.getByRole('button', { name: 'Save', exact: true }).click();
    const refusal = row.getByRole('alert');
    await expect(refusal).toContainText('Time 1: A period ends at another time than it begins.');
    await expect(refusal).toBeFocused();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'refusal');
    }
    await owner.getByLabel('Search').fill('');
  });

  await test.step('changes that were discarded at one press come back at another', async () => {
    await owner.getByRole('button', { name: 'Discard' }).click();
    await expect(row).not.toContainText('Not saved');
    await expect(owner.getByRole('button', { name: 'Undo' })).toBeFocused();
    await owner.keyboard.press('Enter');
    await expect(row).toContainText('Not saved');
    await owner.getByRole('button', { name: 'Discard' }).click();
  });
  for (const page of [wall, owner]) await page.context().close();
});

test('of two devices that change at once the second hears of it, and its changes are kept', async ({ browser }) => {
  test.setTimeout(480_000);
  const camera = cameraOf(trainingCity(), 4);
  const url = await makeOwnerUrl(camera.id);
  const [owner, second] = [await openOwner(browser, url, byDay), await openOwner(browser, url, sizes[0] ?? byDay)];
  for (const page of [owner, second]) await pair(page);
  const mode = second.getByLabel(`Mode of ${camera.name}`);
  await second.getByLabel('Search').fill(camera.name);
  // What another device has saved is not seen here yet: its answers are held back.
  await second.route('**/api/owner/relay', (route) => route.abort());
  await mode.selectOption('recordedOnly');
  await owner.getByLabel(`Mode of ${camera.name}`).selectOption('onAlert');
  await saveSharing(owner);
  await second.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(second.getByRole('alert')).toContainText('on another device or at the relay');
  await expect(mode).toHaveValue('recordedOnly');
  await looksRight(second, 'conflict');
  await second.unroute('**/api/owner/relay');
  await second.reload();
  await expect(second.getByText('1 change is not saved.')).toBeVisible();
  await second.getByRole('button', { name: 'Discard' }).click();
  await second.context().close();
  await owner.getByLabel(`Mode of ${camera.name}`).selectOption('always');
  await saveSharing(owner);
  await owner.context().close();
});

test('an owner draws a mask on a still of the camera, by keys and by pointer, and lifts it', async ({ browser }) => {
  test.setTimeout(480_000);
  const camera = cameraOf(trainingCity(), 5);
  const owner = await openOwner(browser, await makeOwnerUrl(camera.id), byDay);
  await pair(owner);
  await owner.getByLabel('Search').fill(camera.name);
  const row = owner.locator(`[data-camera-id="${camera.id}"]`);
  const masks = row.getByRole('button', { name: /^Masks/ });
  const drawIn = async (): Promise<void> => {
    await masks.click();
    await row.getByRole('button', { name: 'Take a picture' }).click();
    await expect(row.getByRole('img', { name: /to draw on/ })).toBeVisible({ timeout: 60_000 });
  };

  await test.step('a triangle by keys, with one corner taken back', async () => {
    await drawIn();
    await row.getByRole('button', { name: /^Cross at 50 % from the left/ }).focus();
    for (const key of ['Enter', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter', 'ArrowLeft', 'Enter']) {
      await owner.keyboard.press(key);
    }
    await row.getByRole('button', { name: 'Undo' }).click();
    await expect(row.getByText('New mask, 2 corners')).toBeVisible();
    await row.getByRole('button', { name: /^Cross at 59 %/ }).focus();
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Enter'])
      await owner.keyboard.press(key);
    await row.getByRole('button', { name: 'Close this mask' }).click();
    await expect(row.getByText('Mask 1, 3 corners')).toBeVisible();
  });

  await test.step('another by pointer, closed at its first corner; both look right in both sizes', async () => {
    const still = row.getByRole('img', { name: /to draw on/ });
    await still.scrollIntoViewIfNeeded();
    const picture = await still.boundingBox();
    const at = (x: number, y: number): [number, number] => [
      (picture?.x ?? 0) + x * (picture?.width ?? 0),
      (picture?.y ?? 0) + y * (picture?.height ?? 0),
    ];
    for (const [x, y] of [
      [0.1, 0.1],
      [0.3, 0.1],
      [0.2, 0.3],
    ] as const) {
      await owner.mouse.click(...at(x, y));
    }
    await owner.mouse.click(...at(0.1, 0.1));
    await expect(row.getByText('Mask 2, 3 corners')).toBeVisible();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'masks');
    }
    await owner.setViewportSize(byDay);
  });

  await test.step('they hold once they are saved, and no more once they are lifted', async () => {
    await row.getByRole('button', { name: 'Use these masks' }).click();
    await expect(masks).toBeFocused();
    await expect(row).toContainText('2 parts of the picture are always hidden.');
    await saveSharing(owner);
    await expect(row.getByTestId('now')).toContainText('2 parts of the picture are always hidden.');
    await drawIn();
    await row.getByRole('button', { name: 'Remove mask 2' }).click();
    await row.getByRole('button', { name: 'Remove mask 1' }).click();
    await expect(row.getByText('No masks: the whole picture is shown.')).toBeVisible();
    await row.getByRole('button', { name: 'Use these masks' }).click();
    await saveSharing(owner);
    await expect(row.getByTestId('now')).not.toContainText('always hidden');
  });
  await owner.context().close();
});

test('an owner reads how the relay and the cameras are, and what to do about what is wrong', async ({ browser }) => {
  test.setTimeout(480_000);
  const camera = cameraOf(trainingCity(), 6);
  const url = await makeOwnerUrl(camera.id);
  const owner = await openOwner(browser, url, byDay);
  const health = owner.getByRole('region', { name: 'How your relay and cameras are' });
  const line = owner.locator(`[data-camera-id="${camera.id}"] [data-condition]`);

  await test.step('each camera has its line', async () => {
    await expect(health.getByTestId('health')).toContainText(/cameras answer|Cameras:/);
    await expect(line).toBeVisible();
  });

  await test.step('what lies below the cameras is led to from the top', async () => {
    const links = owner.getByRole('navigation', { name: 'On this page' });
    await links.getByRole('button', { name: /^Who is looking now/ }).click();
    await expect(owner.getByRole('heading', { name: 'Who is looking now' })).toBeFocused();
  });

  await test.step('what is wrong stands at its camera, and what to do above them, in both sizes', async () => {
    await owner.route(healthPath, async (route) => {
      const response = await route.fetch();
      const told = ownerHealthSchema.parse(await response.json());
      const fault = { code: 'wrongPassword' as const, message: 'The camera refuses the user or the password.' };
      const cameras = told.cameras.map((one) =>
        one.id !== camera.id
          ? one
          : { ...one, streams: [], relay: { awaitsOwner: false, check: { at: told.at, fault } } },
      );
      await route.fulfill({ response, json: { ...told, cameras } });
    });
    await owner.reload();
    await expect(health.getByRole('list', { name: 'What to do' })).toContainText('Refuses user or password (1)');
    await expect(health.getByRole('list')).toContainText(camera.name);
    await expect(line).toHaveAttribute('data-condition', 'problem');
    await expect(line).toContainText('Problem: The camera refuses the user or the password.');
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'health');
    }
    await owner.unroute(healthPath);
  });

  await test.step('a relay that does not tell is said to be silent, with what to do', async () => {
    const error = { code: 'timedOut', message: 'The relay did not answer in time.' };
    await owner.route(healthPath, (route) => route.fulfill({ status: 504, json: { error } }));
    await owner.reload();
    await expect(health).toContainText('does not answer in time');
    await expect(line).toHaveCount(0);
  });
  await owner.context().close();
});

test('a link that opens nothing says so', async ({ browser }) => {
  const page = await openOwner(browser, `${trainingCity().url}/owner#${'x'.repeat(43)}`, sizes[0] ?? byDay);
  await expect(page.getByRole('alert')).toContainText('This link opens nothing');
  await looksRight(page, 'closed');
  await page.context().close();
});

/** An analyst's wall on which the camera is live, under a grant for an incident of the story's own. */
async function watching(browser: Browser, cameraId: string): Promise<Page> {
  const page = await signInAs(browser, 'analyst');
  const incidentId = await openIncident('Broken window of the shop');
  await page.goto(await createWall(page, 'Watched by its owner', incidentId));
  await expect(tileAt(page, 4)).toBeVisible();
  await page.locator(`[data-camera-row="${cameraId}"]`).dragTo(tileAt(page, 1));
  const dialog = page.getByRole('dialog').filter({ hasText: 'Why do you look' });
  await dialog.getByLabel('Purpose').click();
  await page.getByRole('option', { name: 'Training' }).click();
  await dialog.getByRole('button', { name: /^Open/ }).click();
  await expectTile(page, 1, cameraId);
  return page;
}

async function openOwner(browser: Browser, url: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** What the relay shows at its console. */
async function pairingCode(): Promise<string> {
  const { exitCode, output } = await RelayProcess.run(['owner', 'code', '--folder', trainingCity().relayFolder]);
  expect(exitCode).toBe(0);
  return /Pairing code: (\S+)/.exec(output)?.[1] ?? '';
}

async function pair(page: Page): Promise<void> {
  await page.getByLabel('Pairing code').fill((await pairingCode()).toLowerCase());
  await page.getByRole('button', { name: 'Pair this browser' }).click();
  await expect(page.getByLabel('Pairing code')).toHaveCount(0);
}
