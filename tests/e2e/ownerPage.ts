import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { RelayProcess } from '../media/relay/support/RelayProcess.ts';
import { trainingCity } from './city.ts';
import { callAs } from './policy.ts';

const listedSchema = z.object({ cameras: z.array(z.object({ id: z.string(), siteId: z.string() })) });

/** The address of the owner's page for the site of a camera, by a link that an administrator makes anew. */
export async function makeOwnerUrl(cameraId: string): Promise<string> {
  const { cameras } = listedSchema.parse(await (await callAs('administrator', '/api/cameras')).json());
  const siteId = cameras.find(({ id }) => id === cameraId)?.siteId;
  const made = await callAs('administrator', `/api/sites/${siteId}/ledger-links`, {});
  const { url } = z.object({ url: z.string() }).parse(await made.json());
  return url.replace('/ledger#', '/owner#');
}

/** The owner's page of a camera's site, in a browser that is paired with the site's relay. */
export async function openPaired(browser: Browser, cameraId: string): Promise<Page> {
  return openPairedIn(await browser.newContext({ viewport: { width: 1920, height: 1080 } }), cameraId);
}

export async function openPairedIn(context: BrowserContext, cameraId: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(await makeOwnerUrl(cameraId));
  const { output } = await RelayProcess.run(['owner', 'code', '--folder', trainingCity().relayFolder]);
  await page.getByLabel('Pairing code').fill(/Pairing code: (\S+)/.exec(output)?.[1] ?? '');
  await page.getByRole('button', { name: 'Pair this browser' }).click();
  await expect(page.getByLabel('Pairing code')).toHaveCount(0);
  return page;
}

/** Saves what was changed, and waits for the relay's word. */
export async function saveSharing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. The relay goes by it now.')).toBeVisible();
}
