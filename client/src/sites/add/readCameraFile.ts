import {
  type CameraCells,
  cameraColumnOf,
  cameraColumns,
  emptyCameraCells,
  mostFileCameras,
} from '@commonsight/types/relay/camera-file';
import Papa from 'papaparse';

/** Five hundred long lines are far less. */
export const largestFileBytes = 1_000_000;

export type CameraFile = { lines: CameraCells[]; unknown: string[]; problem: null } | { problem: string };

/** A file's bytes as text: UTF-8, or UTF-16 with its mark, as spreadsheets write it; null for any other encoding. */
export function decodeCameraFile(bytes: ArrayBuffer): string | null {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Reads lines with commas, semicolons or tabs between their cells, under a heading. What is in the cells is judged later. */
export function readCameraFile(text: string): CameraFile {
  if (text.includes('\0')) return { problem: 'This is no text. Save the table as CSV (UTF-8).' };
  const { data: lines, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    // One more than may be, to know that there are more: the rest of ten thousand is not even read.
    preview: mostFileCameras + 1,
    transformHeader: (heading) => cameraColumnOf(heading) ?? heading.trim(),
  });
  const headings = meta.fields ?? [];
  const missing = (['name', 'host'] as const).filter((column) => !headings.includes(column));
  if (missing.length > 0) {
    return { problem: `The first line has to name the columns. Missing: ${missing.join(', ')}.` };
  }
  if (lines.length === 0) return { problem: 'There is no camera below the first line.' };
  if (lines.length > mostFileCameras) {
    return { problem: `A file has at most ${String(mostFileCameras)} cameras. Divide it into several.` };
  }
  const unknown = headings.filter((heading) => heading !== '' && cameraColumnOf(heading) === null);
  return { lines: lines.map(cellsOf), unknown, problem: null };
}

/** The lines as a file, for a person to go on with elsewhere. Passwords are left out: the file is not sealed. */
export function writeCameraFile(lines: readonly CameraCells[]): string {
  return Papa.unparse({
    fields: [...cameraColumns],
    data: lines.map((cells) => cameraColumns.map((column) => (column === 'password' ? '' : cells[column]))),
  });
}

export const cameraTemplate = writeCameraFile([
  {
    ...emptyCameraCells,
    name: 'Main entrance',
    section: 'Entrances',
    host: '10.0.0.7',
    main: '/live/main',
    sub: '/live/sub',
    user: 'viewer',
    latitude: '43.0395',
    longitude: '-87.9065',
    direction: '90',
    width: '90',
    range: '30',
  },
]);

function cellsOf(given: Record<string, unknown>): CameraCells {
  const cells = { ...emptyCameraCells } as Record<keyof CameraCells, string>;
  for (const column of cameraColumns) {
    const cell = Object.hasOwn(given, column) ? given[column] : '';
    // A password may begin or end with a space, everything else does not.
    if (typeof cell === 'string') cells[column] = column === 'password' ? cell : cell.trim();
  }
  return cells;
}
