import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from '@playwright/test';

/**
 * What one tile did during a measurement. Delays run from the frame's stamp to its display, in ms: to when the browser
 * expects it, which it books one refresh of the screen (16.7 ms) earlier or later by how its compositor happens to stand,
 * and never before the frame was given to the compositor.
 */
export interface TileMeasurement {
  slot: number;
  framesPerSecond: number;
  delaysMs: number[];
  /** The longest time between two looks, in ms: between two frames, when each was looked at. */
  longestGapMs: number;
}

/**
 * Counts the frames that each tile's video presents and reads the stamp out of some: of four a second, or of every fourth
 * when it looks at each (`lookEveryMs` 0). Being told of each frame of nine tiles costs the page a quarter of a core, and
 * reading back their pixels more than showing them.
 */
export async function measureTiles(page: Page, durationMs: number, lookEveryMs = 250): Promise<TileMeasurement[]> {
  const stamp = await readFile(new URL('../camera-simulator/stamp.ts', import.meta.url), 'utf8');
  const script = stripTypeScriptTypes(stamp).replaceAll(/^export /gm, '');
  return page.evaluate<TileMeasurement[]>(
    `(async () => { ${script}\n return (${measureInPage.toString()})(${durationMs}, ${lookEveryMs}, { readStampStrip, stampTime, STAMP_AREA, STAMP_CELLS }); })()`,
  );
}

interface StampFunctions {
  readStampStrip(strip: ImageData): number | undefined;
  stampTime(frameIndex: number, seenAtMs: number): number;
  STAMP_AREA: { left: number; top: number; width: number; height: number };
  STAMP_CELLS: number;
}

// Runs in the page: it is sent there as text and can use nothing from around it.
async function measureInPage(
  durationMs: number,
  lookEveryMs: number,
  stamp: StampFunctions,
): Promise<TileMeasurement[]> {
  const measureTile = async (tile: HTMLElement): Promise<TileMeasurement> => {
    const video = tile.querySelector('video');
    if (video === null) throw new Error(`Tile ${tile.dataset['slot']} has no video.`);
    const canvas = new OffscreenCanvas(stamp.STAMP_CELLS * 4, 4);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('No canvas.');
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
        if (lookEveryMs > 0 || callbacks % 4 === 0) {
          const area = stamp.STAMP_AREA;
          context.drawImage(
            video,
            area.left * video.videoWidth,
            area.top * video.videoHeight,
            area.width * video.videoWidth,
            area.height * video.videoHeight,
            0,
            0,
            canvas.width,
            canvas.height,
          );
          const index = stamp.readStampStrip(context.getImageData(0, 0, canvas.width, canvas.height));
          if (index !== undefined) {
            const { expectedDisplayTime, presentationTime } = metadata;
            const shownAtMs = performance.timeOrigin + Math.max(expectedDisplayTime, presentationTime);
            delaysMs.push(shownAtMs - stamp.stampTime(index, shownAtMs));
          }
        }
        if (nowMs >= endsAtMs) {
          clearTimeout(timer);
          resolve();
        } else if (lookEveryMs === 0) video.requestVideoFrameCallback(onFrame);
        // All tiles at once, so that the page rests in between.
        else setTimeout(look, lookEveryMs - (performance.now() % lookEveryMs));
      };
      const look = (): void => void video.requestVideoFrameCallback(onFrame);
      look();
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
