import type { Page } from '@playwright/test';

/** What a tile did since the watch was last reset; times in ms of the page's wall clock. */
export interface WatchedTile {
  slot: number;
  state: string;
  /** When its video presented frames, oldest first, at most the last 2000. */
  frameTimesMs: number[];
  /** Every state it was in, with when it began. */
  states: { state: string; atMs: number }[];
}

/** Begins to note every presented frame and every change of `data-state` of every tile on the page. */
export async function watchTiles(page: Page): Promise<void> {
  await page.evaluate(watchInPage);
}

export async function readTiles(page: Page): Promise<WatchedTile[]> {
  return page.evaluate(() => {
    const watch = (window as unknown as { tileWatch: { read(): WatchedTile[] } }).tileWatch;
    return watch.read();
  });
}

export async function resetTiles(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { tileWatch: { reset(): void } }).tileWatch.reset());
}

// Runs in the page.
function watchInPage(): void {
  const watched = new WeakSet<HTMLVideoElement>();
  let records = new Map<string, { frameTimesMs: number[]; states: { state: string; atMs: number }[] }>();
  const recordOf = (slot: string) => {
    const record = records.get(slot) ?? { frameTimesMs: [], states: [] };
    records.set(slot, record);
    return record;
  };
  const tiles = () => [...document.querySelectorAll<HTMLElement>('[data-testid="tile"][data-camera-id]')];
  const look = (): void => {
    for (const tile of tiles()) {
      const { states } = recordOf(tile.dataset['slot'] ?? '');
      const state = tile.dataset['state'] ?? '';
      if (states.at(-1)?.state !== state) states.push({ state, atMs: performance.timeOrigin + performance.now() });
      const video = tile.querySelector('video');
      if (video === null || watched.has(video)) continue;
      watched.add(video);
      const onFrame = (): void => {
        const slot = video.closest<HTMLElement>('[data-testid="tile"]')?.dataset['slot'];
        if (slot !== undefined) {
          const { frameTimesMs } = recordOf(slot);
          frameTimesMs.push(performance.timeOrigin + performance.now());
          if (frameTimesMs.length > 2000) frameTimesMs.shift();
        }
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    }
  };
  look();
  setInterval(look, 20);
  Object.assign(window, {
    tileWatch: {
      reset: () => {
        records = new Map();
      },
      read: () => {
        // What is read now is noted now, so that a state that is told is always in the list.
        look();
        return tiles().map((tile) => {
          const slot = tile.dataset['slot'] ?? '';
          return { slot: Number(slot), state: tile.dataset['state'] ?? '', ...recordOf(slot) };
        });
      },
    },
  });
}
