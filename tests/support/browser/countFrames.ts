import type { Page } from '@playwright/test';

/** How many frames one tile's video presented in a second. */
export interface TileRate {
  slot: number;
  framesPerSecond: number;
}

/**
 * Counts all frames that each tile's video presents, and looks at the first and the last alone: without a graphics card
 * every look costs the browser a picture, up to one in thirty. A tile whose pictures stop has no rate.
 */
export function countFrames(page: Page, durationMs: number): Promise<TileRate[]> {
  return page.evaluate(async (lastsMs) => {
    const longestWaitMs = 2_000;
    const nextFrame = (video: HTMLVideoElement): Promise<{ atMs: number; count: number } | null> =>
      new Promise((resolve) => {
        setTimeout(() => resolve(null), longestWaitMs);
        video.requestVideoFrameCallback((atMs, { presentedFrames: count }) => resolve({ atMs, count }));
      });
    const countTile = async (tile: HTMLElement): Promise<TileRate> => {
      const slot = Number(tile.dataset['slot']);
      const video = tile.querySelector('video');
      if (video === null) return { slot, framesPerSecond: 0 };
      const first = await nextFrame(video);
      await new Promise((resolve) => setTimeout(resolve, lastsMs));
      const last = await nextFrame(video);
      if (first === null || last === null) return { slot, framesPerSecond: 0 };
      return { slot, framesPerSecond: ((last.count - first.count) / (last.atMs - first.atMs)) * 1_000 };
    };
    return Promise.all([...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')].map(countTile));
  }, durationMs);
}
