import type { Page } from '@playwright/test';
import { type ReadDelay, readStampInPage } from './readStampInPage.ts';

export interface TileDelays {
  slot: number;
  /** See `ReadDelay`. */
  delaysMs: number[];
}

/**
 * Reads the stamp of one tile after the other, with a rest in between. Two readings in one refresh of the screen would
 * hold the page up, and the second picture would come a refresh later than it comes to somebody who only looks.
 */
export function readDelays(page: Page, durationMs: number): Promise<TileDelays[]> {
  return readStampInPage(page, readInPage, durationMs);
}

async function readInPage(durationMs: number, readDelay: ReadDelay): Promise<TileDelays[]> {
  const restMs = 80;
  const longestWaitMs = 2_000;
  const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')].flatMap((tile) => {
    const video = tile.querySelector('video');
    return video === null ? [] : [{ slot: Number(tile.dataset['slot']), video, delaysMs: [] as number[] }];
  });
  const readNext = (video: HTMLVideoElement): Promise<number | undefined> =>
    new Promise((resolve) => {
      setTimeout(() => resolve(undefined), longestWaitMs);
      video.requestVideoFrameCallback((_nowMs, metadata) => resolve(readDelay(video, metadata)));
    });
  const endsAtMs = performance.now() + durationMs;
  while (performance.now() < endsAtMs) {
    for (const { video, delaysMs } of tiles) {
      const delayMs = await readNext(video);
      if (delayMs !== undefined) delaysMs.push(delayMs);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    if (tiles.length === 0) break;
  }
  return tiles.map(({ slot, delaysMs }) => ({ slot, delaysMs }));
}
