import { type Area, type RegistrationDetails, registrationDetailsSchema } from '@commonsight/types/registration';
import Papa from 'papaparse';
import { exhausted } from '../../exhausted.ts';
import { detailsOf, viewConeOf } from '../draft/answers.ts';
import { type Draft, emptyDraft } from '../draft/Draft.ts';
import { problemsOf } from '../draft/problems.ts';
import { steps } from '../draft/Step.ts';
import type { Messages } from '../../language/messages/messages.ts';
import { answersOf, type Column, columns, optionalColumns } from './columns.ts';

/** A camera of the file. */
export interface CameraLine {
  /** Counted from 1, with the heading as the first, as a spreadsheet counts them. */
  line: number;
  /** As they stand in the file. */
  cells: Readonly<Record<Column, string>>;
  /** Null while there are problems. */
  details: RegistrationDetails | null;
  /** In the person's language. */
  problems: readonly string[];
}

export interface CameraFile {
  lines: readonly CameraLine[];
  /** Columns that have to be there and are not. */
  missing: readonly Column[];
}

/** The questions of the wizard that a file answers. */
const asked = steps.filter((step) => step !== 'agency' && step !== 'contact' && step !== 'summary');

/** Reads a file of cameras, with commas, semicolons or tabs between its cells, by the same rules as the wizard. */
export function readCameras(text: string, area: Area | null, words: Messages): CameraFile {
  const { data: cellsOfLines, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: false,
    transformHeader: (heading) => columnOf(heading, words) ?? heading,
  });
  const there = new Set(meta.fields);
  const missing = columns.filter((column) => !there.has(column) && !optionalColumns.includes(column));
  if (missing.length > 0) return { lines: [], missing };
  const lines = cellsOfLines.map((cells, at) => readLine(cells, at + 2, area, words));
  return { lines: lines.filter(({ cells }) => columns.some((column) => cells[column] !== '')), missing };
}

/** The lines as a file again. */
export function writeCameras(lines: readonly CameraLine[]): string {
  return Papa.unparse({ fields: [...columns], data: lines.map(({ cells }) => columns.map((column) => cells[column])) });
}

function readLine(given: Record<string, string>, line: number, area: Area | null, words: Messages): CameraLine {
  const cells = Object.fromEntries(columns.map((column) => [column, (given[column] ?? '').trim()])) as Record<
    Column,
    string
  >;
  const draft: Draft = { ...emptyDraft, ...answersOf(cells, words) };
  const problems = asked.flatMap((step) => wordsOf(step, draft, area, words));
  return { line, cells, details: problems.length === 0 ? detailsOf(draft) : null, problems };
}

function wordsOf(step: (typeof asked)[number], draft: Draft, area: Area | null, words: Messages): string[] {
  const { choice, view, clock } = words.many.problems;
  switch (step) {
    case 'kind':
    case 'placement':
    case 'recording':
    case 'covers':
      return Object.keys(problemsOf(step, draft, area)).length === 0 ? [] : [choice(words.many.columns[step])];
    case 'view':
      return Object.values(viewConeOf(draft)).some(Number.isNaN) ? [view] : [];
    case 'clock':
      return registrationDetailsSchema.shape.clockOffsetSeconds.safeParse(draft.clockOffsetSeconds).success
        ? []
        : [clock];
    case 'place':
    case 'retention':
      return [...new Set(Object.values(problemsOf(step, draft, area)))].map((problem) => words.problems[problem]);
    default:
      return exhausted(step);
  }
}

function columnOf(heading: string, words: Messages): Column | null {
  const named = heading
    .trim()
    .replace(/^\uFEFF/, '')
    .toLowerCase();
  return columns.find((column) => named === column || named === words.many.columns[column].toLowerCase()) ?? null;
}
