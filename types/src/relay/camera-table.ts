import {
  type CameraCells,
  type CameraColumn,
  cameraColumnOf,
  cameraColumns,
  emptyCameraCells,
  mostFileCameras,
} from './camera-file.ts';

/** Characters of a file of cameras at most; five hundred long lines are far less. */
export const longestCameraFile = 1_000_000;

/** What a parser of CSV makes of the file: cells by heading, and what it did not understand. Its shape is papaparse's. */
export interface ParsedTable {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly errors: readonly { readonly type: string; readonly row?: number | undefined }[];
  readonly meta: { readonly fields?: readonly string[] | undefined };
}

/** How papaparse has to read the file, in the page and at the relay's console alike. */
export const cameraTableSettings = {
  header: true,
  skipEmptyLines: 'greedy',
  transformHeader: (heading: string): string => cameraColumnOf(heading) ?? heading.trim(),
} as const;

/** Where papaparse puts cells for which there is no heading. */
const cellsTooMany = '__parsed_extra';

export type CameraTable =
  | { readonly lines: CameraCells[]; readonly problem: null }
  | { readonly lines: null; readonly problem: string };

/**
 * The cameras of a file, or why none of it is read: a cell that lands in another column may be half a password, which the
 * relay would try at every camera. What is in the cells is judged later.
 */
export function readCameraTable(
  { data: rows, errors, meta }: ParsedTable,
  needed: readonly CameraColumn[],
): CameraTable {
  const refuse = (problem: string): CameraTable => ({ lines: null, problem });
  const quote = errors.find(({ type }) => type === 'Quotes');
  if (quote !== undefined) {
    const where = (quote.row ?? 0) === 0 ? 'in the first line' : `near camera ${String(quote.row)}`;
    return refuse(`A quotation mark ${where} is not closed or not doubled, so that cells run together. Correct it.`);
  }
  const headings = meta.fields ?? [];
  const missing = needed.filter((column) => !headings.includes(column));
  if (missing.length > 0) return refuse(`The first line has to name the columns. Missing: ${missing.join(', ')}.`);
  const unknown = headings.filter((heading) => cameraColumnOf(heading) === null && !isEmptyColumn(rows, heading));
  if (unknown.length > 0) {
    const names = unknown.map((heading) => heading || 'one without a name').join(', ');
    return refuse(`These columns are not known, or are there twice: ${names.slice(0, 200)}. Correct or remove them.`);
  }
  if (rows.length === 0) return refuse('There is no camera below the first line.');
  if (rows.length > mostFileCameras) {
    return refuse(`A file has at most ${String(mostFileCameras)} cameras. Divide it into several.`);
  }
  const long = rows.findIndex((line) => Object.hasOwn(line, cellsTooMany) && !isBlank(line[cellsTooMany]));
  if (long >= 0) {
    return refuse(
      `Camera ${String(long + 1)} has more cells than the first line has columns. A cell that holds a comma has to stand in quotation marks.`,
    );
  }
  return { lines: rows.map(cellsOf), problem: null };
}

/** Spreadsheets leave columns without a heading behind their tables, whose later ones the parser numbers. */
function isEmptyColumn(rows: ParsedTable['data'], heading: string): boolean {
  return /^(?:_\d+)?$/.test(heading) && rows.every((line) => !Object.hasOwn(line, heading) || isBlank(line[heading]));
}

function isBlank(cells: unknown): boolean {
  return [cells].flat().every((cell) => typeof cell === 'string' && cell.trim() === '');
}

function cellsOf(given: Readonly<Record<string, unknown>>): CameraCells {
  const cells = { ...emptyCameraCells } as Record<CameraColumn, string>;
  for (const column of cameraColumns) {
    const cell = Object.hasOwn(given, column) ? given[column] : '';
    if (typeof cell !== 'string') continue;
    // A password is what it is; everything else neither begins nor ends with a space, and is written as below.
    cells[column] = column === 'password' ? cell : cell.replace(escaped, '').trim();
  }
  return cells;
}

/**
 * Cells that a spreadsheet would compute, for papaparse's `escapeFormulae`: names come from cameras of somebody's network.
 * Not numbers, such as a longitude. It writes an apostrophe before them, which is taken away again here.
 */
export const formulaCells = /^(?:\s*(?:[=+@]|-(?!\d+(?:[.,]\d+)?\s*$))|[\t\r])/;

const escaped = new RegExp(`^'(?=${formulaCells.source.slice(1)})`);
