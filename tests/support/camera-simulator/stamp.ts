// The frame stamp: a strip of black and white cells in the lower right corner of every picture that says which frame of
// the camera's loop it is. This file uses no Node API and imports nothing, so that a test can inject it into a browser.

/** Frames a second of every simulated stream. */
export const FRAMES_PER_SECOND = 30;
/** Frames in a camera's loop; the stamp counts from 0 to `LOOP_FRAMES - 1`. */
export const LOOP_FRAMES = 300;

const INDEX_BITS = 10;
const CHECK_BITS = 8;
// White and black before the bits, black and white after them: the reader takes its threshold from these four.
const GUARD_BEFORE = [true, false];
const GUARD_AFTER = [false, true];

/** Cells of a stamp, from left to right. */
export const STAMP_CELLS = GUARD_BEFORE.length + INDEX_BITS + CHECK_BITS + GUARD_AFTER.length;

/**
 * Where the strip lies, as parts of the picture's width and height. In 640x360 each cell is 8x8 pixels, in 1280x720 it is
 * 16x16: whole transform blocks, so that compression leaves them flat.
 */
export const STAMP_AREA = {
  left: 1 - (STAMP_CELLS * 8) / 640,
  top: 1 - 8 / 360,
  width: (STAMP_CELLS * 8) / 640,
  height: 8 / 360,
};

/** A picture as `getImageData` gives it (4 bytes a pixel), or as a bare luma plane (1 byte a pixel). */
export interface StampPicture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

function checkByte(index: number): number {
  // CRC-8 with the polynomial x^8 + x^2 + x + 1, started at 0xff so that index 0 is not a row of black cells.
  let check = 0xff;
  for (let bit = INDEX_BITS - 1; bit >= 0; bit -= 1) {
    const top = (check >> 7) ^ ((index >> bit) & 1);
    check = (check << 1) & 0xff;
    if (top === 1) check ^= 0x07;
  }
  return check;
}

/** The cells of a frame's stamp from left to right; `true` is white. */
export function encodeStamp(frameIndex: number): boolean[] {
  const word = frameIndex * 2 ** CHECK_BITS + checkByte(frameIndex);
  const bits: boolean[] = [];
  for (let bit = INDEX_BITS + CHECK_BITS - 1; bit >= 0; bit -= 1) bits.push(((word >> bit) & 1) === 1);
  return [...GUARD_BEFORE, ...bits, ...GUARD_AFTER];
}

function luma(picture: StampPicture, x: number, y: number): number {
  const at = y * picture.width + x;
  if (picture.data.length < picture.width * picture.height * 4) return picture.data[at] ?? 0;
  const red = picture.data[at * 4] ?? 0;
  const green = picture.data[at * 4 + 1] ?? 0;
  const blue = picture.data[at * 4 + 2] ?? 0;
  return 0.3 * red + 0.6 * green + 0.1 * blue;
}

/** Reads the stamp of a picture that is nothing but the strip (`STAMP_AREA` cut out), in any size. */
export function readStampStrip(strip: StampPicture): number | undefined {
  const cellWidth = strip.width / STAMP_CELLS;
  const levels: number[] = [];
  for (let cell = 0; cell < STAMP_CELLS; cell += 1) {
    // Only the inner half of a cell counts: scaling and compression smear its edges.
    const left = Math.floor((cell + 0.25) * cellWidth);
    const right = Math.max(left + 1, Math.ceil((cell + 0.75) * cellWidth));
    const top = Math.floor(strip.height * 0.25);
    const bottom = Math.max(top + 1, Math.ceil(strip.height * 0.75));
    let sum = 0;
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) sum += luma(strip, x, y);
    levels.push(sum / ((right - left) * (bottom - top)));
  }
  const level = (cell: number): number => levels[cell] ?? 0;
  const white = Math.min(level(0), level(STAMP_CELLS - 1));
  const black = Math.max(level(1), level(STAMP_CELLS - 2));
  if (white - black < 60) return undefined;
  const threshold = (white + black) / 2;
  let index = 0;
  let check = 0;
  for (let bit = 0; bit < INDEX_BITS + CHECK_BITS; bit += 1) {
    const one = level(GUARD_BEFORE.length + bit) > threshold ? 1 : 0;
    if (bit < INDEX_BITS) index = index * 2 + one;
    else check = check * 2 + one;
  }
  return index < LOOP_FRAMES && check === checkByte(index) ? index : undefined;
}

/** Reads the stamp of a whole picture in any size of 16:9; `undefined` when there is none or it does not check. */
export function readStamp(picture: StampPicture): number | undefined {
  const left = Math.round(STAMP_AREA.left * picture.width);
  const top = Math.round(STAMP_AREA.top * picture.height);
  const width = picture.width - left;
  const height = picture.height - top;
  const strip = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) strip[y * width + x] = luma(picture, left + x, top + y);
  }
  return readStampStrip({ width, height, data: strip });
}

/**
 * The frame on the air at a wall-clock time, counted from 1970: every camera of every simulator follows this one grid, so
 * no process has to ask another. Its index in the loop is `liveFrame % LOOP_FRAMES`.
 */
export function liveFrameAt(wallClockMs: number): number {
  // The small addition keeps a frame's own due time, which is seldom a whole number of ms, from rounding to the frame before.
  return Math.floor((wallClockMs * FRAMES_PER_SECOND) / 1000 + 1e-4);
}

/** The wall-clock time in ms at which a frame counted from 1970 is handed to the network. */
export function dueTimeMs(liveFrame: number): number {
  return (liveFrame * 1000) / FRAMES_PER_SECOND;
}

/**
 * The wall-clock time in ms at which the frame with this stamp was handed to the network: the last time at or before
 * `seenAtMs` (wall clock too). Delay is `seenAtMs - stampTime(stamp, seenAtMs)` while it is shorter than the loop.
 */
export function stampTime(frameIndex: number, seenAtMs: number): number {
  const lastFrame = liveFrameAt(seenAtMs);
  const framesAgo = (((lastFrame - frameIndex) % LOOP_FRAMES) + LOOP_FRAMES) % LOOP_FRAMES;
  return dueTimeMs(lastFrame - framesAgo);
}
