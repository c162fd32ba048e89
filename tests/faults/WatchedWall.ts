import type { Browser, Page } from '@playwright/test';
import { launchBrowser, openSignedIn } from '../support/browser/launchBrowser.ts';
import { readTiles, resetTiles, type WatchedTile, watchTiles } from '../support/browser/watchTiles.ts';
import { type RunningStack } from '../training/startStack.ts';
import { until } from '../training/until.ts';
import { OUTAGE_MS } from './outage.ts';

export const TILES = 9;

/** No buffer between the SFU host and the screen holds as much. */
const DRAINED_AFTER_MS = 3_000;

/** The training wall in a browser, watched frame by frame. */
export class WatchedWall {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(stack: RunningStack): Promise<WatchedWall> {
    const user = stack.users.find(({ role }) => role === 'analyst');
    if (user === undefined) throw new Error('The training city has no analyst.');
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await openSignedIn(page, stack.wallUrl, user);
      await watchTiles(page);
      const wall = new WatchedWall(browser, page);
      await wall.untilLive();
      return wall;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  reset(): Promise<void> {
    return resetTiles(this.page);
  }

  read(): Promise<WatchedTile[]> {
    return readTiles(this.page);
  }

  /** Waits until every tile has said "live" and has shown frames without a pause for the last second. */
  async untilLive(timeoutMs = 60_000): Promise<void> {
    const isLive = await this.#until((tile) => tile.state === 'live' && isSteady(tile, Date.now()), timeoutMs);
    if (!isLive) throw new Error(`The wall is not live after ${timeoutMs / 1000} s: ${await this.#words()}`);
  }

  /**
   * Waits until what was on its way before a fault has been shown for sure: a picture after that came by a new way. A
   * tile need not show the fault; when its camera's next key frame comes at once, neither its word nor its picture stops.
   */
  async untilDrained(faultAtMs: number): Promise<void> {
    await until(() => Date.now() > faultAtMs + DRAINED_AFTER_MS, { timeoutMs: 2 * DRAINED_AFTER_MS });
  }

  /** Waits until no tile says "live". */
  async untilNoneLive(timeoutMs = 60_000): Promise<void> {
    const isDark = await this.#until((tile) => tile.state !== 'live', timeoutMs);
    if (!isDark) throw new Error(`The wall still says live after ${timeoutMs / 1000} s: ${await this.#words()}`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  #until(condition: (tile: WatchedTile) => boolean, timeoutMs: number): Promise<boolean> {
    return until(
      async () => {
        const tiles = await this.read();
        return tiles.length === TILES && tiles.every(condition);
      },
      { timeoutMs, everyMs: 100 },
    );
  }

  async #words(): Promise<string> {
    return (await this.read()).map((tile) => `${tile.slot} ${tile.state}`).join(', ');
  }
}

function isSteady(tile: WatchedTile, nowMs: number): boolean {
  const recent = tile.frameTimesMs.filter((atMs) => atMs > nowMs - 1_000);
  if (recent.length < 10 || nowMs - (recent.at(-1) ?? 0) > OUTAGE_MS) return false;
  return recent.every((atMs, index) => index === 0 || atMs - (recent[index - 1] ?? 0) <= OUTAGE_MS);
}
