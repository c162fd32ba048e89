// Command-line entry point, what `pnpm bench site` runs: a site of 130 cameras on one relay, enrolled from a file through
// the administrator's page, with what that takes and what the relay uses.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { routes } from '@commonsight/types/http/routes';
import type { Page } from '@playwright/test';
import { ApiUser } from '../support/ApiUser.ts';
import { launchBrowser, openSignedIn } from '../support/browser/launchBrowser.ts';
import { SiteStage } from '../support/site/SiteStage.ts';
import { prepare } from '../training/prepare.ts';
import { startStack } from '../training/startStack.ts';

const { values } = parseArgs({
  options: { cameras: { type: 'string', default: '130' }, screenshots: { type: 'string' } },
});
const cameraCount = Number(values.cameras);
if (!Number.isInteger(cameraCount) || cameraCount < 1 || cameraCount > 500) {
  console.error('--cameras takes a number from 1 to 500.');
  process.exit(1);
}
const longMs = 3_600_000;
const siteName = 'Market district';

const folder = await mkdtemp(join(tmpdir(), 'commonsight-bench-site-'));
const progress = (line: string): void => console.error(line);
const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
const stack = await startStack({ folder, clientFolder, progress, cameraCount: 1 });
const browser = await launchBrowser();
let site: SiteStage | undefined;
try {
  const user = stack.users.find(({ role }) => role === 'administrator');
  if (user === undefined) throw new Error('The training city has no administrator.');
  const administrator = await ApiUser.signIn(stack.url, user);
  site = await SiteStage.open({ administrator, siteName, cameraCount, scenes: 4 });
  const { code } = await administrator.call(routes.createEnrolmentCode, { params: { id: site.siteId } });
  const relayId = await site.enrol(code, { RELAY_CAMERA_CHECK_SECONDS: '60' });
  const readHealth = () => administrator.call(routes.readRelayHealth, { params: { id: relayId } });
  const printRelay = async (when: string): Promise<void> => {
    // Two samples of the relay's own, five seconds apart, so that they lie within what is measured.
    await wait(11_000);
    const {
      process: { busyCores, memoryMegabytes },
      machine,
    } = await readHealth();
    const total = `${machine.freeMemoryMegabytes} of ${machine.memoryMegabytes} MB free, load ${machine.load}`;
    console.log(`Relay ${when}: ${memoryMegabytes} MB, ${busyCores.toFixed(2)} cores (machine: ${total}).`);
  };
  await printRelay('without cameras');

  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await openSignedIn(page, `${stack.url}/sites`, user);
  await page.getByRole('button', { name: new RegExp(siteName) }).click();
  await page.getByRole('button', { name: 'Add cameras' }).click();
  await page.getByRole('button', { name: 'The relay prints the same' }).click();
  await page.getByRole('button', { name: 'From a file' }).click();
  const csv = Buffer.from(site.csv());
  const readMs = await timed(async () => {
    await page.getByLabel('CSV file').setInputFiles({ name: 'cameras.csv', mimeType: 'text/csv', buffer: csv });
    await page.getByText(`${cameraCount} to test`).waitFor();
  });
  console.log(`${cameraCount} lines read and checked in the page: ${seconds(readMs)}.`);

  const testing = timed(async () => {
    await page.getByRole('button', { name: /^Test all/ }).click();
    // The buttons of before are there until the run has begun.
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: /^Save/ }).waitFor({ timeout: longMs });
  });
  const [testMs] = await Promise.all([testing, printRelay('while it tests')]);
  console.log(`Tested: ${seconds(testMs)}, ${await countOf(page)}.`);
  const savedMs = await timed(async () => {
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText(/Saved cameras are seen by nobody yet/).waitFor({ timeout: longMs });
  });
  console.log(`Saved: ${seconds(savedMs)}, ${await countOf(page)}.`);

  // A second between two readings: each is a line of the log, and a session may ask so often and no more.
  const untilMs = performance.now() + longMs;
  while ((await readHealth()).cameras.some(({ check }) => check === null)) {
    if (performance.now() > untilMs) throw new Error('Not every camera was checked.');
    await wait(1_000);
  }
  const shownMs = await timed(async () => {
    await page.getByRole('button', { name: 'Cameras', exact: true }).click();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText(`${cameraCount} of ${cameraCount} cameras`).waitFor();
  });
  console.log(`Page of ${cameraCount} cameras shown: ${seconds(shownMs)}.`);
  const confirmMs = await timed(async () => {
    await page.getByLabel(/^Choose all \d/).check();
    await page.getByRole('button', { name: /^Confirm the chosen/ }).click();
    await page.getByText(/waits? for your confirmation/).waitFor({ state: 'detached' });
  });
  console.log(`Confirmed by the agency: ${seconds(confirmMs)}.`);
  const searchMs = await timed(async () => {
    await page.getByLabel('Find a camera').fill('Stall 7');
    await page.getByText(new RegExp(`^\\d+ of ${cameraCount} cameras$`)).waitFor();
  });
  console.log(`Searched: ${seconds(searchMs)}, ${await page.getByTestId('shown').textContent()}.`);
  if (values.screenshots !== undefined) {
    await page.getByLabel('Find a camera').fill('');
    for (const size of [
      { width: 1920, height: 1080 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      await page.screenshot({ path: join(values.screenshots, `site-${size.width}.png`) });
    }
  }
  await printRelay('with all cameras, checked in turn, none watched');
  const health = await readHealth();
  const good = health.cameras.filter(({ check }) => check?.fault === null).length;
  console.log(`At the relay: ${health.cameras.length} cameras, ${good} answer.`);
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
  if (health.cameras.length !== cameraCount || good !== cameraCount) process.exitCode = 1;
} finally {
  await browser.close();
  await site?.close();
  await stack.close();
  await rm(folder, { recursive: true, force: true });
}

async function timed(act: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now();
  await act();
  return performance.now() - startedAtMs;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

async function countOf(page: Page): Promise<string> {
  return ((await page.getByTestId('counts').textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
}
