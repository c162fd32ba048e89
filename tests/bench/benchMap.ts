import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { z } from 'zod';
import { launchBrowser } from '../support/browser/launchBrowser.ts';
import { median } from '../support/statistics.ts';
import { ensureClient } from '../training/clientBuild.ts';
import { checkoutFolder, runFolder } from '../training/folders.ts';
import { freePort } from '../training/ports.ts';

const settingsSchema = z.object({
  cameras: z.coerce.number().int().min(1),
  runs: z.coerce.number().int().min(1),
  seconds: z.coerce.number().min(1),
  seed: z.coerce.number().int().min(0),
});

type Settings = z.infer<typeof settingsSchema>;

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** What somebody looks at: by the zoom at which the map opens. */
const views = { 'the whole city': 10.5, 'a district': 13.5, 'some streets': 16 } as const;

interface Looked {
  zoom: number;
  /** So long it is dragged. */
  seconds: number;
  /** Where a picture goes. */
  shot: string | null;
}

interface Run {
  firstMapMs: number;
  pins: number;
  framesPerSecond: number;
  longestMs: number;
}

const servedSchema = z.object({ url: z.string(), cookie: z.string(), wallId: z.string() });

async function serve(clientFolder: string, { cameras, seed }: Settings) {
  const port = await freePort('127.0.0.1');
  const args = ['--port', port, '--client', clientFolder, '--cameras', cameras, '--seed', seed].map(String);
  const script = join(checkoutFolder, 'server/scripts/serveCameras.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => {
      throw new Error('The server of the bench did not start.');
    }),
  ])) as [string];
  const close = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
  };
  return { ...servedSchema.parse(JSON.parse(line)), close };
}

type Served = Awaited<ReturnType<typeof serve>>;

async function openContext(browser: Browser, { url, cookie }: Served, zoom: number): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), url };
    }),
  );
  const viewport = { ...trainingCityCentre, zoom };
  await context.addInitScript((kept) => {
    localStorage.setItem('commonsight.map.viewport', kept);
    // Of use: the streets are drawn and the cameras' pins are on them.
    const look = (): void => {
      const isDrawn = document.querySelector('[aria-label="Map"] [aria-busy="false"] [data-cluster-pin]') !== null;
      if (isDrawn) document.documentElement.dataset['firstMapMs'] = String(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, JSON.stringify(viewport));
  return context;
}

/** A place of the map without a pin: there it can be taken hold of. */
function gripOf(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector('[aria-label="Map"] canvas');
    if (canvas === null) throw new Error('There is no map.');
    const { left, top, width, height } = canvas.getBoundingClientRect();
    for (let step = 0; step < 2_000; step += 1) {
      const x = left + width / 2 + ((step % 40) - 20) * 4;
      const y = top + height / 2 + (Math.floor(step / 40) - 25) * 4;
      if (document.elementFromPoint(x, y) === canvas) return { x, y };
    }
    throw new Error('The map is all pins.');
  });
}

/** Drags the map to and fro and counts the frames that the page has shown meanwhile. */
async function drag(page: Page, seconds: number): Promise<{ framesPerSecond: number; longestMs: number }> {
  const { x, y } = await gripOf(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const frames: number[] = [];
    const count = (ms: number): void => {
      frames.push(ms);
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    Object.assign(globalThis, { benchFrames: frames });
  });
  const endMs = performance.now() + seconds * 1_000;
  for (let turn = 0; performance.now() < endMs; turn += 0.06) {
    await page.mouse.move(x + 120 * Math.sin(turn), y + 120 * (1 - Math.cos(turn)));
  }
  const frames = await page.evaluate(() => [...(globalThis as unknown as { benchFrames: number[] }).benchFrames]);
  await page.mouse.up();
  const gaps = frames.slice(1).map((ms, index) => ms - (frames[index] ?? ms));
  const lastedMs = gaps.reduce((sum, gap) => sum + gap, 0);
  return { framesPerSecond: (gaps.length / lastedMs) * 1_000, longestMs: Math.max(...gaps) };
}

async function runOnce(browser: Browser, served: Served, { zoom, seconds, shot }: Looked): Promise<Run> {
  const context = await openContext(browser, served, zoom);
  try {
    const page = await context.newPage();
    await page.goto(`${served.url}/wall/${served.wallId}`);
    const root = page.locator('html[data-first-map-ms]');
    await root.waitFor({ timeout: 300_000 });
    const firstMapMs = Number(await root.getAttribute('data-first-map-ms'));
    if (shot !== null) await page.screenshot({ path: shot });
    const pins = await page.locator('[data-cluster-pin], [data-camera-pin]').count();
    return { firstMapMs, pins, ...(await drag(page, seconds)) };
  } finally {
    await context.close();
  }
}

function figures(values: readonly number[], digits: number): string {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)];
  return `${middle.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/**
 * Measures how soon the console's map of a city with many cameras is of use, and how smoothly it is dragged, in a headless
 * browser that draws with the processor alone; prints what it finds. Answers the exit code.
 */
export async function benchMap(args: readonly string[]): Promise<number> {
  const options = {
    cameras: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  } as const;
  const settings = settingsSchema.safeParse(parseArgs({ args: [...args], options }).values);
  if (!settings.success) {
    process.stderr.write('Usage: pnpm bench map [--cameras N] [--runs N] [--seconds N] [--seed N]\n');
    return 1;
  }
  const folder = join(runFolder, 'bench-map');
  await mkdir(folder, { recursive: true });
  const clientFolder = await ensureClient((line) => console.error(line), new AbortController().signal);
  const served = await serve(clientFolder, settings.data);
  const browser = await launchBrowser();
  try {
    await measure(browser, served, { ...settings.data, folder });
  } finally {
    await browser.close();
    await served.close();
  }
  return 0;
}

async function measure(browser: Browser, served: Served, of: Settings & { folder: string }): Promise<void> {
  const { cameras, runs, seconds, seed, folder } = of;
  print(`${cameras} cameras, ${runs} runs of each, ${seconds} s of dragging; median (least to most).\n`);
  print('| Looking at | Pins drawn | First useful map, s | Frames a second while dragging | Longest frame, ms |');
  print('|---|---|---|---|---|');
  // Each run is a first visit, with nothing in the browser's cache. One before them warms up the server.
  await runOnce(browser, served, { zoom: views['a district'], seconds, shot: null });
  for (const [name, zoom] of Object.entries(views)) {
    const done: Run[] = [];
    for (let run = 0; run < runs; run += 1) {
      const shot = run === 0 ? join(folder, `${name.replaceAll(' ', '-')}.png`) : null;
      done.push(await runOnce(browser, served, { zoom, seconds, shot }));
    }
    const shown = (digits: number, read: (run: Run) => number) => figures(done.map(read), digits);
    const cells = [
      median(done.map(({ pins }) => pins)),
      shown(2, ({ firstMapMs }) => firstMapMs / 1_000),
      shown(1, ({ framesPerSecond }) => framesPerSecond),
      shown(0, ({ longestMs }) => longestMs),
    ];
    print(`| ${name} | ${cells.join(' | ')} |`);
  }
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  const load = loadavg()[0]?.toFixed(1);
  print(
    `\nSeed ${seed}; Chromium ${browser.version()}, WebGL by SwiftShader on the processor; ${cores}, load ${load}.`,
  );
  print(`Pictures: ${folder}`);
}
