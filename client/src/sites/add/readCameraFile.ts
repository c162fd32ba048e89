import {
  type CameraCells,
  cameraColumns,
  emptyCameraCells,
  mostFileCameras,
} from '@commonsight/types/relay/camera-file';
import {
  type CameraTable,
  cameraTableSettings,
  formulaCells,
  longestCameraFile,
  readCameraTable,
} from '@commonsight/types/relay/camera-table';
import Papa from 'papaparse';

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

/** Reads lines with commas, semicolons or tabs between their cells, under a heading. */
export function readCameraFile(text: string): CameraTable {
  if (text.length > longestCameraFile) {
    const problem = `The text is longer than 1 MB. A file has at most ${String(mostFileCameras)} cameras.`;
    return { lines: null, problem };
  }
  if (text.includes('\0')) return { lines: null, problem: 'This is no text. Save the table as CSV (UTF-8).' };
  const table = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), cameraTableSettings);
  return readCameraTable(table, ['name', 'host']);
}

/** The lines as a file, for a person to go on with elsewhere. Passwords are left out: the file is not sealed. */
export function writeCameraFile(lines: readonly CameraCells[]): string {
  return Papa.unparse(
    {
      fields: [...cameraColumns],
      data: lines.map((cells) => cameraColumns.map((column) => (column === 'password' ? '' : cells[column]))),
    },
    { escapeFormulae: formulaCells },
  );
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
