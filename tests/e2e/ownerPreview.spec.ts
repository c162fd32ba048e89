import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { cameraOf, trainingCity } from './city.ts';
import { looksRight } from './looksRight.ts';
import { openPaired, saveSharing } from './ownerPage.ts';
import { callAs } from './policy.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];

test('an owner previews a camera as police get it, and it ends when the page is left', async ({ browser }) => {
  test.setTimeout(360_000);
  const camera = cameraOf(trainingCity(), 5);
  const owner = await openPaired(browser, camera.id);
  const row = owner.locator(`[data-camera-id="${camera.id}"]`);
  const open = row.getByRole('button', { name: `Preview of ${camera.name}` });
  const panel = row.getByRole('region', { name: `Preview of ${camera.name}` });
  await owner.getByLabel('Search').fill(camera.name);
  // Other stories leave everything shared, or nothing said yet.
  await row.getByLabel(`Mode of ${camera.name}`).selectOption('off');
  await row.getByLabel(`Mode of ${camera.name}`).selectOption('always');
  await saveSharing(owner);
  await expect(row.getByTestId('now')).toContainText('Police can see this live');

  await test.step('the picture moves, under no grant, and says how long it lasts', async () => {
    await open.press('Enter');
    await expectMoving(owner);
    await expect(panel).toContainText('your view of it is written into the log');
    for (const size of sizes) {
      await owner.setViewportSize(size);
      await looksRight(owner, 'preview');
    }
    expect(await reasonsOf(camera.id, 'preview.ended')).toEqual([]);
    await panel.getByRole('button', { name: 'Large picture' }).click();
    await expectMoving(owner);
    await expect.poll(() => reasonsOf(camera.id, 'preview.ended')).toEqual(['closedByOwner']);
  });

  await test.step('turned off it ends, and is shown all the same only after a word', async () => {
    await row.getByLabel(`Mode of ${camera.name}`).selectOption('off');
    await saveSharing(owner);
    await expect(panel.getByRole('alert')).toContainText('is not shared any more');
    await expect(owner.getByTestId('preview')).toHaveCount(0);
    await panel.getByRole('button', { name: 'Open it again' }).click();
    await expect(panel).toContainText('its picture leaves the site');
    await looksRight(owner, 'notShared');
    await panel.getByRole('button', { name: 'Show it to me all the same' }).click();
    await expectMoving(owner);
  });

  await test.step('it ends when the page is left', async () => {
    await owner.goto('about:blank');
    await expect.poll(async () => (await reasonsOf(camera.id, 'preview.ended')).length).toBe(3);
    await owner.goBack();
    await owner.getByLabel('Search').fill(camera.name);
    await row.getByLabel(`Mode of ${camera.name}`).selectOption('always');
    await saveSharing(owner);
  });
  await owner.context().close();
});

/** Frames of the preview are presented, one after another. */
async function expectMoving(page: Page): Promise<void> {
  const video = page.getByTestId('preview');
  await expect(video).toBeVisible();
  await video.evaluate(
    (element: HTMLVideoElement) =>
      new Promise<void>((resolve) => {
        let frames = 0;
        const count = (): void => {
          frames += 1;
          if (frames >= 10) resolve();
          else element.requestVideoFrameCallback(count);
        };
        element.requestVideoFrameCallback(count);
      }),
  );
}

/** Why the previews of a camera ended, the last one first. */
async function reasonsOf(cameraId: string, type: string): Promise<unknown[]> {
  const answer = await callAs('auditor', `/api/audit-events?type=${type}&targetId=${cameraId}`);
  const { events } = z
    .object({ events: z.array(z.object({ details: z.record(z.string(), z.unknown()) })) })
    .parse(await answer.json());
  return events.map(({ details }) => details['reason']);
}
