import { expect, test } from '@playwright/test';
import { cameraOf, createWall, signInAs, tileAt, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { openPaired, saveSharing } from './ownerPage.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

test('an owner writes a site card with a floor plan, and responders read it while the alert runs', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const dispatcher = await signInAs(browser, 'dispatcher');
  await dispatcher.goto(await createWall(dispatcher, 'Reads site cards'));
  await expect(tileAt(dispatcher, 4)).toBeVisible();
  const owner = await openPaired(browser, cameraOf(trainingCity(), 5).id);
  const card = owner.getByRole('region', { name: 'Your site card' });
  const dialog = dispatcher.getByRole('dialog', { name: /^Site card/ });

  await test.step('what is wrong is said beside its field', async () => {
    await card.getByRole('button', { name: 'Show and change' }).click();
    await card.getByRole('button', { name: 'Add a contact' }).click();
    await card.getByLabel('Name').fill('Rosa Iyer');
    await card.getByLabel('Phone').fill('call me');
    await card.getByLabel('Floor plan').setInputFiles({
      name: 'plan.png',
      mimeType: 'image/png',
      buffer: Buffer.from('no picture'),
    });
    await expect(card).toContainText('no picture that your browser can show');
    await card.getByRole('button', { name: 'Save for responders' }).click();
    await expect(card.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');
    await expect(card).toContainText('Write a number such as');
  });

  await test.step('the card is saved, and read back by the owner’s signature', async () => {
    await card.getByLabel('What they can do').fill('opens the gate');
    await card.getByLabel('Phone').fill('+1 414 555 0100');
    await card.getByLabel('Notes').fill('Stairs are in the east.');
    await card.getByLabel('Floor plan').setInputFiles({
      name: 'plan.png',
      mimeType: 'image/png',
      buffer: await dispatcher.screenshot(),
    });
    await expect(card.getByRole('img', { name: 'The new floor plan' })).toBeVisible();
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await card.scrollIntoViewIfNeeded();
      await looksRight(owner, 'card');
    }
    await card.getByRole('button', { name: 'Save for responders' }).click();
    await expect(card).toContainText('Saved. Responders read it while an alert runs.');
    await owner.reload();
    await card.getByRole('button', { name: 'Show and change' }).click();
    await expect(card.getByLabel('Phone')).toHaveValue('+1 414 555 0100');
    await expect(card).toContainText('A floor plan is kept.');
  });

  await test.step('a button at a camera is a part of what the owner signs', async () => {
    await owner.getByText(/^Buttons at your cameras/).click();
    await owner.getByRole('button', { name: 'Add a button' }).click();
    await owner.getByLabel('Input, as the camera calls it').fill('AlarmIn_0');
    await owner.getByText('How your alerts run').click();
    await owner.getByLabel('At most, with extensions').fill('5');
    await owner.getByLabel('An alert lasts (minutes)').fill('5');
    await owner.getByRole('heading', { name: /Your cameras/ }).click();
    await looksRight(owner, 'inputs');
    await saveSharing(owner);
    await owner.reload();
    await expect(owner.getByLabel('Input, as the camera calls it')).toHaveValue('AlarmIn_0');
    await owner.getByRole('button', { name: 'Remove button 1' }).click();
    await saveSharing(owner);
  });

  await test.step('while the alert runs the card opens at the wall, by keyboard too', async () => {
    await owner.getByRole('button', { name: 'Hold for an alert' }).hover();
    await owner.mouse.down();
    await expect(owner.getByRole('region', { name: 'Alert', exact: true })).toContainText('Alert begins in a moment');
    await owner.mouse.up();
    const open = dispatcher.locator('[data-alert]').getByRole('button', { name: 'Site card' });
    for (const size of sizes) {
      await dispatcher.setViewportSize(size);
      await expect(open).toBeVisible();
      await looksRight(dispatcher, 'alert-at-the-wall');
    }
    await open.focus();
    await dispatcher.keyboard.press('Enter');
    await expect(dialog).toContainText('Rosa Iyer');
    await expect(dialog.getByRole('link', { name: '+1 414 555 0100' })).toHaveAttribute('href', 'tel:+14145550100');
    await expect(dialog).toContainText('Stairs are in the east.');
    const plan = dialog.getByRole('img', { name: 'Floor plan of the site' });
    await expect
      .poll(() => plan.evaluate((picture) => (picture as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(300);
    await looksRight(dispatcher, 'site-card');
    await dispatcher.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(open).toBeFocused();
    await open.click();
    await expect(dialog).toContainText('Rosa Iyer');
  });

  await test.step('with the alert it is closed', async () => {
    await owner.getByRole('button', { name: 'End now' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(dispatcher.locator('[data-alert]')).toHaveCount(0);
  });
  for (const page of [dispatcher, owner]) await page.context().close();
});
