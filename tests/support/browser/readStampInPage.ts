import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from '@playwright/test';

/**
 * From the stamp in the video's picture to its display, in ms; undefined for a picture whose stamp cannot be read. Display
 * is when the browser expects it, which it books one refresh of the screen (16.7 ms) earlier or later by how its
 * compositor happens to stand, and never before the frame was given to the compositor.
 */
export type ReadDelay = (video: HTMLVideoElement, metadata: VideoFrameCallbackMetadata) => number | undefined;

/** Runs a function in the page, where it is sent as text: it can use its arguments and nothing from around it. */
export async function readStampInPage<R>(
  page: Page,
  run: (durationMs: number, readDelay: ReadDelay) => Promise<R>,
  durationMs: number,
): Promise<R> {
  const stamp = await readFile(new URL('../camera-simulator/stamp.ts', import.meta.url), 'utf8');
  const script = stripTypeScriptTypes(stamp).replaceAll(/^export /gm, '');
  return page.evaluate<R>(
    `(async () => { ${script}\n const readDelay = (${createReadDelay.toString()})({ readStampStrip, stampTime, STAMP_AREA, STAMP_CELLS });\n return (${run.toString()})(${durationMs}, readDelay); })()`,
  );
}

interface StampFunctions {
  readStampStrip: (strip: ImageData) => number | undefined;
  stampTime: (frameIndex: number, seenAtMs: number) => number;
  STAMP_AREA: { left: number; top: number; width: number; height: number };
  STAMP_CELLS: number;
}

// Runs in the page too.
function createReadDelay({ readStampStrip, stampTime, STAMP_AREA, STAMP_CELLS }: StampFunctions): ReadDelay {
  const canvas = new OffscreenCanvas(STAMP_CELLS * 4, 4);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('No canvas.');
  return (video, { expectedDisplayTime, presentationTime }) => {
    const { left, top, width, height } = STAMP_AREA;
    const [pixelsWide, pixelsHigh] = [video.videoWidth, video.videoHeight];
    context.drawImage(
      video,
      left * pixelsWide,
      top * pixelsHigh,
      width * pixelsWide,
      height * pixelsHigh,
      0,
      0,
      canvas.width,
      canvas.height,
    );
    const index = readStampStrip(context.getImageData(0, 0, canvas.width, canvas.height));
    if (index === undefined) return undefined;
    const shownAtMs = performance.timeOrigin + Math.max(expectedDisplayTime, presentationTime);
    return shownAtMs - stampTime(index, shownAtMs);
  };
}
