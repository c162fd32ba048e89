// Letters of five columns and eight rows, as text displays draw them. Each column is a byte, its lowest bit the top row.
const COLUMNS: Readonly<Record<string, string>> = {
  ' ': '0000000000',
  '!': '00005f0000',
  '#': '147f147f14',
  '&': '3649562050',
  "'": '0008070300',
  '(': '001c224100',
  ')': '0041221c00',
  '+': '08083e0808',
  ',': '0080703000',
  '-': '0808080808',
  '.': '0000606000',
  '/': '2010080402',
  '0': '3e5149453e',
  '1': '00427f4000',
  '2': '7249494946',
  '3': '2141494d33',
  '4': '1814127f10',
  '5': '2745454539',
  '6': '3c4a494931',
  '7': '4121110907',
  '8': '3649494936',
  '9': '464949291e',
  ':': '0000140000',
  '?': '0201590906',
  A: '7c1211127c',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141413e',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e41415173',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f021c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '2649494932',
  T: '03017f0103',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0304780403',
  Z: '6159494d43',
  a: '2054547840',
  b: '7f28444438',
  c: '3844444428',
  d: '384444287f',
  e: '3854545418',
  f: '00087e0902',
  g: '18a4a49c78',
  h: '7f08040478',
  i: '00447d4000',
  j: '2040403d00',
  k: '7f10284400',
  l: '00417f4000',
  m: '7c04780478',
  n: '7c08040478',
  o: '3844444438',
  p: 'fc18242418',
  q: '18242418fc',
  r: '7c08040408',
  s: '4854545424',
  t: '04043f4424',
  u: '3c4040207c',
  v: '1c2040201c',
  w: '3c4030403c',
  x: '4428102844',
  y: '4c9090907c',
  z: '4464544c44',
};

export const GLYPH_COLUMNS = 5;
export const GLYPH_ROWS = 8;

/** Whether the letter has ink at a place; letters that the font does not know are question marks. */
export function hasInk(letter: string, column: number, row: number): boolean {
  if (column < 0 || column >= GLYPH_COLUMNS || row < 0 || row >= GLYPH_ROWS) return false;
  const columns = COLUMNS[letter] ?? COLUMNS['?'] ?? '';
  return ((Number.parseInt(columns.slice(column * 2, column * 2 + 2), 16) >> row) & 1) === 1;
}

const STROKE_RADIUS = 0.52;
const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const;

function distanceToLine(x: number, y: number, fromX: number, fromY: number, stepX: number, stepY: number): number {
  const along = ((x - fromX) * stepX + (y - fromY) * stepY) / (stepX * stepX + stepY * stepY);
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(x - fromX - clamped * stepX, y - fromY - clamped * stepY);
}

function distanceToInk(letter: string, x: number, y: number): number {
  let nearest = Infinity;
  for (let row = 0; row < GLYPH_ROWS; row += 1) {
    for (let column = 0; column < GLYPH_COLUMNS; column += 1) {
      if (!hasInk(letter, column, row)) continue;
      nearest = Math.min(nearest, Math.hypot(x - column, y - row));
      for (const [stepX, stepY] of NEIGHBOURS) {
        if (!hasInk(letter, column + stepX, row + stepY)) continue;
        // A diagonal only where no straight stroke goes round the corner already.
        const isCorner = hasInk(letter, column + stepX, row) || hasInk(letter, column, row + stepY);
        if (stepX !== 0 && stepY !== 0 && isCorner) continue;
        nearest = Math.min(nearest, distanceToLine(x, y, column, row, stepX, stepY));
      }
    }
  }
  return nearest;
}

const drawn = new Map<string, Float32Array>();

/**
 * A letter as coverage from 0 to 1 in a box of `(GLYPH_COLUMNS + 1) * scale` by `GLYPH_ROWS * scale` pixels: its dots
 * joined to round strokes, so that it looks drawn rather than blown up.
 */
export function drawLetter(letter: string, scale: number): Float32Array {
  const key = `${letter}${scale}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const width = (GLYPH_COLUMNS + 1) * scale;
  const coverage = new Float32Array(width * GLYPH_ROWS * scale);
  for (let at = 0; at < coverage.length; at += 1) {
    const x = ((at % width) + 0.5) / scale - 0.5;
    const y = (Math.floor(at / width) + 0.5) / scale - 0.5;
    coverage[at] = Math.min(1, Math.max(0, 0.5 + (STROKE_RADIUS - distanceToInk(letter, x, y)) * scale));
  }
  drawn.set(key, coverage);
  return coverage;
}
