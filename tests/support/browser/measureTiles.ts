import type { Page } from '@playwright/test';
import { type ReadDelay, readStampInPage } from './readStampInPage.ts';

/** What one tile did during a measurement. Delays in ms, see `ReadDelay`. */
export interface TileMeasurement {
  slot: number;
  framesPerSecond: number;
  delaysMs: number[];
  /** The longest time between two frames, in ms. */
  longestGapMs: number;
}

/**
 * Looks at each frame that each tile presents, and reads the stamp out of every fourth: reading back pixels of each frame
 * of nine tiles would cost more than showing them. To be told of each frame costs a quarter of a core.
 */
export function measureTiles(page: Page, durationMs: number): Promise<TileMeasurement[]> {
  return readStampInPage(page, measureInPage, durationMs);
}

async function measureInPage(durationMs: number, readDelay: ReadDelay): Promise<TileMeasurement[]> {
  const measureTile = async (tile: HTMLElement): Promise<TileMeasurement> => {
    const video = tile.querySelector('video');
    if (video === null) throw new Error(`Tile ${tile.dataset['slot']} has no video.`);
    const delaysMs: number[] = [];
    let firstAtMs = 0;
    let firstCount = 0;
    let lastAtMs = 0;
    let lastCount = 0;
    let longestGapMs = 0;
    let callbacks = 0;
    const endsAtMs = performance.now() + durationMs;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, durationMs + 500);
      const onFrame = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
        if (firstAtMs === 0) {
          firstAtMs = nowMs;
          firstCount = metadata.presentedFrames;
        } else longestGapMs = Math.max(longestGapMs, nowMs - lastAtMs);
        lastAtMs = nowMs;
        lastCount = metadata.presentedFrames;
        callbacks += 1;
        const delayMs = callbacks % 4 === 0 ? readDelay(video, metadata) : undefined;
        if (delayMs !== undefined) delaysMs.push(delayMs);
        if (nowMs >= endsAtMs) {
          clearTimeout(timer);
          resolve();
        } else video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    });
    const seconds = (lastAtMs - firstAtMs) / 1000;
    return {
      slot: Number(tile.dataset['slot']),
      framesPerSecond: seconds > 0 ? (lastCount - firstCount) / seconds : 0,
      delaysMs,
      longestGapMs,
    };
  };
  const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')].filter(
    (tile) => tile.querySelector('video') !== null,
  );
  return Promise.all(tiles.map(measureTile));
}
