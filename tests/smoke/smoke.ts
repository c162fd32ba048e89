// Command-line entry point: signs in to the running training city and measures its wall. `npm start` must be up. A
// smaller window (`--window 1280x720`) tells the way from the camera from the browser's work: without a graphics card its
// processor scales every pixel of every frame.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { countFrames } from '../support/browser/countFrames.ts';
import { launchBrowser, openSignedIn } from '../support/browser/launchBrowser.ts';
import { readDelays } from '../support/browser/readDelays.ts';
import { median, quantile } from '../support/statistics.ts';

const TILES = 9;
const OPENING_LIMIT_MS = 10_000;
const COUNT_MS = 20_000;
const READ_MS = 20_000;
const LEAST_FRAMES_PER_SECOND = 30 * 0.95;
const DELAY_LIMIT_MS = 40;

const startedSchema = z.object({
  url: z.url(),
  wallUrl: z.url(),
  users: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});

const { values: options } = parseArgs({
  options: { screenshot: { type: 'string' }, window: { type: 'string', default: '1920x1080' } },
});
const [width = Number.NaN, height = Number.NaN] = options.window.split('x').map(Number);
if (!(width >= 800 && height >= 600)) {
  console.error(
    `--window takes a width and a height in pixels, 800x600 or more, such as 1280x720; ${options.window} is none.`,
  );
  process.exit(1);
}

const started = await readFile(new URL('../../.run/started.json', import.meta.url), 'utf8').catch(() => undefined);
if (started === undefined) {
  console.error('Nothing is running: there is no .run/started.json. Start it in another terminal: npm start');
  process.exit(1);
}
const { wallUrl, users } = startedSchema.parse(JSON.parse(started));
const user = users.find((candidate) => candidate.role === 'analyst');
if (user === undefined) throw new Error('.run/started.json names no analyst.');

const failures: string[] = [];
const check = (holds: boolean, sentence: string): void => {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${sentence}`);
  if (!holds) failures.push(sentence);
};

await ensureSystemPackages(systemPackages.browser, console.log);
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width, height } });
  const openedAtMs = Date.now();
  await openSignedIn(page, wallUrl, user);
  const signedInAtMs = Date.now();
  await page
    .waitForFunction(
      (count) => document.querySelectorAll('[data-testid="tile"][data-state="live"]').length === count,
      TILES,
      { timeout: 60_000, polling: 50 },
    )
    .catch(() => undefined);
  const live = await page.locator('[data-testid="tile"][data-state="live"]').count();
  const openingMs = Date.now() - signedInAtMs;
  check(
    live === TILES && openingMs < OPENING_LIMIT_MS,
    `${live} of ${TILES} tiles live ${openingMs} ms after the wall opened (${Date.now() - openedAtMs} ms with signing in; limit ${OPENING_LIMIT_MS} ms)`,
  );
  // Without a graphics card the streets are drawn by the processor, for seconds, and that once.
  await page.locator('section[aria-label="Map"] [aria-busy="false"]').waitFor({ state: 'attached', timeout: 60_000 });
  const rates = await countFrames(page, COUNT_MS);
  const tiles = await readDelays(page, READ_MS);
  for (const { slot, framesPerSecond } of rates) {
    const delaysMs = tiles.find((tile) => tile.slot === slot)?.delaysMs ?? [];
    check(
      framesPerSecond >= LEAST_FRAMES_PER_SECOND,
      `tile ${slot}: ${framesPerSecond.toFixed(2)} frames/s over ${COUNT_MS / 1000} s (at least ${LEAST_FRAMES_PER_SECOND}), then delay p50 ${median(delaysMs).toFixed(1)} ms, ${delaysMs.length} stamps read`,
    );
  }
  const delaysMs = tiles.flatMap((tile) => tile.delaysMs);
  check(
    rates.length === TILES &&
      tiles.length === TILES &&
      tiles.every((tile) => tile.delaysMs.length > 0) &&
      median(delaysMs) < DELAY_LIMIT_MS,
    `delay from stamp to display: median ${median(delaysMs).toFixed(1)} ms, p95 ${quantile(delaysMs, 0.95).toFixed(1)} ms over ${delaysMs.length} stamps (median under ${DELAY_LIMIT_MS} ms)`,
  );
  const shown = await page
    .locator('[data-testid="tile"]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-delay-ms')));
  check(
    shown.every((ms) => ms !== null),
    `delay as the tiles say it: ${shown.map((ms) => (ms === null ? 'none' : `${ms} ms`)).join(', ')}`,
  );
  if (options.screenshot !== undefined) await page.screenshot({ path: options.screenshot });
} finally {
  await browser.close();
}
console.log(failures.length === 0 ? 'Smoke test passed.' : `Smoke test failed: ${failures.length} of its checks.`);
process.exitCode = failures.length === 0 ? 0 : 1;
