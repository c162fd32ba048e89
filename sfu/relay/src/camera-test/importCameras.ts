import {
  type CameraCells,
  type CameraColumn,
  findDoubles,
  readEntryCells,
  readIdCell,
} from '@commonsight/types/relay/camera-file';
import { cameraTableSettings, longestCameraFile, readCameraTable } from '@commonsight/types/relay/camera-table';
import Papa from 'papaparse';
import { listCameras } from '../cameras/readCamera.ts';
import { writeCamera } from '../cameras/writeCamera.ts';
import { RelayError } from '../errors.ts';
import { readPrivateFile } from '../readPrivateFile.ts';
import { Secret } from '../Secret.ts';
import type { CameraToTest, testCamera } from './testCamera.ts';

export interface ImportOptions {
  readonly folder: string;
  readonly file: string;
  readonly test: (camera: CameraToTest) => ReturnType<typeof testCamera>;
  /** A line as soon as there is something to say: a hundred cameras take minutes. */
  readonly progress: (line: string) => void;
}

const mostTests = 4;

/**
 * Tests the cameras of a file, some at a time, and keeps those that can be used under the ids that the server gave them.
 * Those that the relay has already are left as they are, so that a file is imported again after it was corrected.
 */
export async function importCameras(options: ImportOptions): Promise<{ lines: string[]; exitCode: number }> {
  const { folder, file, test, progress } = options;
  const text = await readPrivateFile(file);
  if (text === undefined) throw new Error(`There is no file ${file}.`);
  const lines = readLines(text);
  const doubles = findDoubles(lines);
  const known = await listCameras(folder);
  const tally = { kept: 0, known: 0, failed: 0 };
  const work = lines.map((cells, at) => ({ cells, number: at + 1, doubled: doubles[at] ?? {} }));
  const next = async (): Promise<void> => {
    for (let one = work.shift(); one !== undefined; one = work.shift()) {
      const { outcome, words } = await importOne(one);
      tally[outcome] += 1;
      progress(`Camera ${one.number}: ${words}`);
    }
  };
  async function importOne(one: (typeof work)[number]): Promise<{ outcome: keyof typeof tally; words: string }> {
    const { entry, problems } = readEntryCells(one.cells);
    const id = readIdCell(one.cells);
    const all: Partial<Record<CameraColumn, string>> = { ...one.doubled, ...problems };
    if (id === undefined || id === null) all.id = 'Give the id that the server gave this camera.';
    const [wrong] = Object.entries(all);
    if (wrong !== undefined) return { outcome: 'failed', words: `${wrong[0]}: ${wrong[1]}` };
    if (typeof id !== 'string' || entry === null || entry.at.by === 'discovery')
      throw new Error('The camera was not read.');
    if (Object.hasOwn(known, id)) return { outcome: 'known', words: 'the relay has this camera already.' };
    const password = entry.password === undefined ? undefined : new Secret(entry.password);
    const { report, entry: tested } = await test({ ...entry, at: entry.at, username: entry.username, password });
    if (!report.isUsable || tested === undefined) {
      return { outcome: 'failed', words: report.advice[0]?.text ?? 'the camera cannot be used as it is.' };
    }
    try {
      await writeCamera(folder, id, tested, { awaitsAs: null });
    } catch (error) {
      if (error instanceof RelayError) return { outcome: 'failed', words: error.message };
      throw error;
    }
    const advice = report.advice.map((each) => ` ${each.text}`).join('');
    return { outcome: 'kept', words: `kept.${advice}` };
  }
  await Promise.all(Array.from({ length: mostTests }, next));
  return {
    lines: [`${tally.kept} kept, ${tally.known} there already, ${tally.failed} not kept.`],
    exitCode: tally.failed === 0 ? 0 : 1,
  };
}

function readLines(text: string): CameraCells[] {
  if (text.length > longestCameraFile) throw new Error('The file is larger than 1 MB. Divide it into several.');
  if (text.includes('\uFFFD') || text.includes('\0')) throw new Error('The file is not UTF-8. Save it as CSV UTF-8.');
  const table = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), cameraTableSettings);
  const read = readCameraTable(table, ['id', 'host']);
  if (read.problem !== null) throw new Error(read.problem);
  return read.lines;
}
