import { GLYPH_COLUMNS, GLYPH_ROWS, drawLetter } from './font.ts';

const MACROBLOCK = 16;
/** Rows of macroblocks of the bar in a picture of this width: a twenty-second part of its height. */
export function barRows(width: number): number {
  return width >= 960 ? 2 : 1;
}

/** Luma of the empty bar; the picture's first line below it has the same, see `raiseClip`. */
export const BAR_LUMA = 20;
const TEXT_LUMA = 218;
const SCALE = 3;
const MARGIN = 16;

/** The bar of a picture 1280 pixels wide: the camera's name on the left, the time on the right. */
function drawWideBar(title: string, clock: string, width: number, height: number): Uint8Array {
  const luma = new Uint8Array(width * height).fill(BAR_LUMA);
  const pitch = (GLYPH_COLUMNS + 1) * SCALE;
  const top = Math.floor((height - GLYPH_ROWS * SCALE) / 2) + 1;
  const write = (text: string, left: number): void => {
    for (const [index, letter] of Array.from(text).entries()) {
      const coverage = drawLetter(letter, SCALE);
      const from = left + index * pitch;
      for (let at = 0; at < coverage.length; at += 1) {
        const x = from + (at % pitch);
        const y = top + Math.floor(at / pitch);
        luma[y * width + x] = BAR_LUMA + (TEXT_LUMA - BAR_LUMA) * (coverage[at] ?? 0);
      }
    }
  };
  const room = Math.floor((width - 3 * MARGIN) / pitch) - clock.length;
  write(title.slice(0, room), MARGIN);
  write(clock, width - MARGIN - clock.length * pitch);
  return luma;
}

/** The luma of the bar, `width` by `barRows(width) * 16` pixels. */
export function drawBar(title: string, clock: string, width: number): Uint8Array {
  const height = barRows(width) * MACROBLOCK;
  if (barRows(width) === 2) return drawWideBar(title, clock, width, height);
  const wide = drawWideBar(title, clock, width * 2, height * 2);
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 2 * y * 2 * width + 2 * x;
      const sum = (wide[at] ?? 0) + (wide[at + 1] ?? 0) + (wide[at + 2 * width] ?? 0) + (wide[at + 2 * width + 1] ?? 0);
      luma[y * width + x] = sum / 4;
    }
  }
  return luma;
}

/** The time as cameras write it, in the machine's own time zone. */
export function clockText(wallClockMs: number): string {
  const time = new Date(wallClockMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
