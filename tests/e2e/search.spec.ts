import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { incidentNumber, signInAs, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

for (const size of sizes) {
  test(`at ${size.width}x${size.height} an analyst finds what saw an incident and whom to ask`, async ({ browser }) => {
    const page = await signInAs(browser, 'analyst');
    await page.setViewportSize(size);
    const incidentId = await incidentNumber(page, 2041);
    await page.goto(`${trainingCity().url}/search?incident=${incidentId}`);
    await expect(page.getByText('Nothing asked yet')).toBeVisible();
    await looksRight(page, 'empty');

    await test.step('what is missing stands beside its field', async () => {
      const place = page.getByLabel('Place (latitude, longitude)');
      const given = await place.inputValue();
      await place.fill('Market Street');
      await expect(page.getByText('Two numbers in degrees with a comma')).toBeVisible();
      await place.fill(given);
      await page.getByLabel('Radius (m)').fill('9000');
      await page.getByRole('button', { name: 'Find cameras' }).click();
      await expect(page.getByText('Whole metres, 1 to 2000.')).toBeVisible();
      await looksRight(page, 'problems');
      await page.getByLabel('Radius (m)').fill('250');
    });

    await page.getByRole('button', { name: 'Find cameras' }).click();
    const found = page.getByRole('region', { name: 'Found cameras' });
    await expect(found).toContainText('Market hall north');
    await expect(found.getByRole('listitem').first()).toBeInViewport();
    await expect(found.getByText(/^Overwritten in/).first()).toBeVisible();
    await looksRight(page, 'found');

    await test.step('a reload keeps the question, and asks nothing by itself', async () => {
      await page.getByLabel('Radius (m)').fill('240');
      await page.getByRole('button', { name: 'Find cameras' }).click();
      await page.waitForURL(/question=point(?:~|%7E)240/);
      await page.reload();
      await expect(page.getByText('Nothing asked yet')).toBeVisible();
      await expect(page.getByLabel('Radius (m)')).toHaveValue('240');
      await page.getByLabel('Radius (m)').fill('250');
      await page.getByRole('button', { name: 'Find cameras' }).click();
      await expect(found).toContainText('Market hall north');
    });

    await test.step('those that see the place come first', async () => {
      const rows = await found.getByRole('listitem').allTextContents();
      const firstThatDoesNot = rows.findIndex((row) => !row.includes('sees it'));
      expect(firstThatDoesNot).toBeGreaterThan(0);
      expect(rows.slice(firstThatDoesNot).filter((row) => row.includes('sees it'))).toEqual([]);
      await page.getByRole('button', { name: 'Only those' }).click();
      await expect(found.getByRole('listitem')).toHaveCount(firstThatDoesNot);
      await page.getByRole('button', { name: 'Only those' }).click();
    });

    await test.step('a contact is shown for a purpose, one at a time', async () => {
      const row = found.getByRole('listitem').filter({ hasText: 'Home camera' }).first();
      await row.getByRole('button', { name: 'Whom to ask' }).click();
      await expect(page.getByRole('dialog')).toContainText('the registrant reads');
      await looksRight(page, 'reveal');
      // The answer waits until somebody has tried to close the dialog meanwhile.
      let answer = (): void => undefined;
      const tried = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/reveal', async (asked) => {
        await tried;
        await asked.continue();
      });
      await page.getByRole('button', { name: 'Show the contact' }).click();
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeDisabled();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeVisible();
      answer();
      await expect(row.getByText(/@training\.example$/)).toBeVisible();
      await expect(row.locator('address')).toBeFocused();
      await page.unroute('**/reveal');
      await expect(found.getByRole('group')).toHaveCount(0);
      await expect(found.getByText('@training.example')).toHaveCount(1);
      await looksRight(page, 'contact');
    });
    await page.context().close();
  });
}

test('an area is drawn on the map, corner by corner, and taken back', async ({ browser }) => {
  const page = await signInAs(browser, 'dispatcher');
  const incidentId = await incidentNumber(page, 2041);
  await page.goto(`${trainingCity().url}/search?incident=${incidentId}`);
  const map = page.getByRole('region', { name: 'Map' });
  const canvas = map.getByRole('region', { name: 'Streets' });
  await expect(canvas).toBeVisible();
  await page.getByRole('button', { name: 'Area' }).click();
  await page.getByRole('button', { name: 'Find cameras' }).click();
  await expect(page.getByText('Press on the map for three corners or more.')).toBeVisible();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The map has no size.');
  for (const [x, y] of [
    [0.3, 0.3],
    [0.7, 0.3],
    [0.7, 0.75],
  ] as const) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }
  await expect(page.getByText('4 corners. Drag to move.')).toBeVisible();
  await page.getByRole('button', { name: 'Take back a corner' }).click();
  await expect(page.getByText('3 corners. Drag to move.')).toBeVisible();
  await page.getByRole('button', { name: 'Corner 2' }).press('ArrowDown');
  const corner = page.getByLabel('Corner (latitude, longitude)');
  await corner.fill('Market Street');
  await corner.press('Enter');
  await expect(page.getByText('Two numbers in degrees with a comma')).toBeVisible();
  await corner.fill('43.03900, -87.90600');
  await corner.press('Enter');
  await expect(page.getByText('4 corners. Drag to move.')).toBeVisible();
  await expect(corner).toHaveValue('');
  await page.getByRole('button', { name: 'Take back a corner' }).click();
  await page.getByRole('button', { name: 'Find cameras' }).click();
  const found = page.getByRole('region', { name: 'Found cameras' });
  await expect(found.getByRole('listitem').first()).toBeVisible();
  // All that is found about an area sees into it: there is nothing to tell apart.
  await expect(found.getByText('sees it')).toHaveCount(0);
  await expect(found.getByText('see the place')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Only those' })).toHaveCount(0);
  await map.getByRole('button', { name: /^1\. / }).click();
  // A press on what was found sets no corner.
  await expect(page.getByText('3 corners. Drag to move.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('button', { pressed: true }) })).toHaveCount(1);
  await looksRight(page, 'area');
  await page.context().close();
});

test('the search is opened from the incident and from the menu, and is not for administrators', async ({ browser }) => {
  const page = await signInAs(browser, 'analyst');
  await page
    .getByRole('button', { name: 'What saw this?' })
    .or(page.getByRole('link', { name: 'What saw this?' }))
    .click();
  await page.waitForURL(/\/search\?incident=/);
  await expect(page.getByRole('heading', { name: 'What saw this?' })).toBeVisible();
  await expect(page.getByText('About #2041')).toBeVisible();
  await page.context().close();
  const other = await signInAs(browser, 'administrator');
  await other.goto(`${trainingCity().url}/search`);
  await expect(other.getByText('This page is for analysts')).toBeVisible();
  await other.context().close();
});

test('a closed incident is searched for too, and an incident that is not there is said to be missing', async ({
  browser,
}) => {
  const page = await signInAs(browser, 'supervisor');
  const post = (path: string, body: object) =>
    page.request.post(`${trainingCity().url}/api/incidents${path}`, {
      headers: { origin: new URL(trainingCity().url).origin },
      data: body,
    });
  const position = { latitude: 43.0389, longitude: -87.9065 };
  const made = await post('', { title: 'Bicycle stolen', priority: 3, position });
  const { id } = z.object({ id: z.string() }).parse(await made.json());
  await test.step('a live camera that was found is made one of the incident’s by one press', async () => {
    await page.goto(`${trainingCity().url}/search?incident=${id}`);
    await page.getByRole('button', { name: 'Find cameras' }).click();
    const row = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /^Add to #/ }) })
      .first();
    const add = row.getByRole('button', { name: /^Add to #/ });
    const name = ((await add.getAttribute('aria-label')) ?? '').split(': ')[1];
    await expect(row).toContainText(/Live, camera \d+/);
    await add.click();
    await expect(page.getByText(/added to incident #/)).toBeVisible();
    const added = page.getByRole('button', { name: /^In #/ });
    await expect(added).toHaveCount(1);
    await expect(added).toBeFocused();
    await expect(added).toHaveAccessibleName(new RegExp(`: ${name}$`));
    await looksRight(page, 'added');
  });
  expect((await post(`/${id}/close`, { disposition: 'resolved' })).ok()).toBe(true);
  // A window that has just begun knows the open incidents alone.
  await page.goto(`${trainingCity().url}/search?incident=${id}`);
  await expect(page.getByText('Bicycle stolen')).toBeVisible();
  await expect(page.getByLabel('Place (latitude, longitude)')).toHaveValue('43.03890, -87.90650');
  await page.goto(`${trainingCity().url}/search?incident=0192f0c1-0000-7000-8000-000000000001`);
  await expect(page.getByText('There is no such incident')).toBeVisible();
  await looksRight(page, 'missing');
  await page
    .getByRole('button', { name: 'Search without an incident' })
    .or(page.getByRole('link', { name: 'Search without an incident' }))
    .click();
  await expect(page.getByText('Nothing asked yet')).toBeVisible();
  await page.context().close();
});
