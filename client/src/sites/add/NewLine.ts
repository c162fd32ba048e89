import type { CameraReport, DiscoveredCamera } from '@commonsight/types/relay/camera-entry';
import {
  type CameraCells,
  type CameraColumn,
  type CameraEntryDraft,
  type CameraRecordDraft,
  findDoubles,
  readEntryCells,
  readIdCell,
  readRecordCells,
} from '@commonsight/types/relay/camera-file';
import type { Position } from '@commonsight/types/position';

/** How far a new camera has come. A ticket is the relay's, for an hour. */
export type LineState =
  | { is: 'new' }
  | { is: 'waiting' }
  | { is: 'testing' }
  | { is: 'passed'; report: CameraReport; ticket: string }
  | { is: 'failed'; report: CameraReport | null; words: string }
  | { is: 'saving'; report: CameraReport; ticket: string }
  | { is: 'notSaved'; report: CameraReport; ticket: string; words: string }
  | { is: 'saved' }
  /** Its record is made; its address is entered at the relay's console. */
  | { is: 'recorded' };

/** A camera of the list that is being added. */
export interface NewLine {
  key: string;
  cells: CameraCells;
  /** As it was discovered; its address stays at the relay. */
  found: DiscoveredCamera | null;
  /** Its record at the server, once there is one: a second try makes no second one. */
  cameraId: string | null;
  state: LineState;
}

export type LineProblems = Partial<Record<CameraColumn, string>>;

export interface ReadLine {
  entry: CameraEntryDraft | null;
  record: CameraRecordDraft | null;
  problems: LineProblems;
}

/**
 * What the cells say, line by line, and what is wrong with them. `known` keeps it by cells, so that a key stroke reads one
 * line anew and the others stay the same objects.
 */
export function readLines(
  lines: readonly NewLine[],
  otherwise: Position,
  known: WeakMap<CameraCells, ReadLine> = new WeakMap(),
): ReadLine[] {
  const doubles = findDoubles(lines.map(({ cells }) => cells));
  return lines.map((line, at) => {
    const own = known.get(line.cells) ?? readLine(line, otherwise);
    known.set(line.cells, own);
    const doubled = doubles[at] ?? {};
    if (Object.keys(doubled).length === 0) return own;
    return { entry: null, record: null, problems: { ...doubled, ...own.problems } };
  });
}

function readLine({ cells, found }: NewLine, otherwise: Position): ReadLine {
  const entry = found === null ? readEntryCells(cells) : readFound(cells, found);
  const record = readRecordCells(cells, otherwise);
  const problems: LineProblems = { ...record.problems, ...entry.problems };
  if (readIdCell(cells) === null) problems.id = 'An id has the form that the list of cameras gives.';
  const isRight = Object.keys(problems).length === 0;
  return { entry: isRight ? entry.entry : null, record: isRight ? record.record : null, problems };
}

/** The cells that a test depends on: after a change it has to be made again. */
export const entryColumns: readonly CameraColumn[] = ['host', 'port', 'main', 'sub', 'user', 'password', 'transport'];

function readFound(
  cells: CameraCells,
  { found, name, hardware, location }: DiscoveredCamera,
): ReturnType<typeof readEntryCells> {
  // The address is the relay's; what else the cells say is read as of any other camera.
  const { entry, problems } = readEntryCells({ ...cells, host: 'discovered', port: '', main: '', sub: '' });
  const at = { by: 'discovery' as const, found, shownAs: { name, hardware, location } };
  return { entry: entry === null ? null : { ...entry, at }, problems };
}
